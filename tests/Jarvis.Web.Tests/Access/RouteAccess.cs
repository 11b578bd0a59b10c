namespace Jarvis.Web.Tests.Access;

/// <summary>Access rule of one route in the table of the access tests.</summary>
/// <param name="Pattern">Route pattern as the application maps it, without constraints.</param>
/// <param name="Path">Valid request path of the owner; <c>{conversation}</c>, <c>{turn}</c>, <c>{memory}</c>, <c>{token}</c> are the owner's ids.</param>
/// <param name="Owner">Status that the owner receives.</param>
/// <param name="Another">Status that another signed-in user receives for the owner's ids.</param>
public sealed record RouteAccess(string Method, string Pattern, string Path, object? Body, int Owner, int Another)
{
    public bool AllowsAnonymous { get; init; }

    public override string ToString() => $"{Method} {Pattern}";
}
