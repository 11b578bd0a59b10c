namespace Jarvis.Web.Tests.Access;

/// <summary>Who may do what at one route: what the table of the access tests holds.</summary>
/// <param name="Pattern">As the application maps it, without constraints.</param>
/// <param name="Path">A request that is right for the owner; <c>{conversation}</c>, <c>{turn}</c>, <c>{memory}</c>, <c>{token}</c> are theirs.</param>
/// <param name="Owner">What the owner gets.</param>
/// <param name="Another">What another signed-in person gets for the owner's ids.</param>
public sealed record RouteAccess(string Method, string Pattern, string Path, object? Body, int Owner, int Another)
{
    public bool AllowsAnonymous { get; init; }

    public override string ToString() => $"{Method} {Pattern}";
}
