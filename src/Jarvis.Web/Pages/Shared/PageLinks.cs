namespace Jarvis.Web.Pages.Shared;

/// <summary>Links to the previous and next page of a list.</summary>
/// <param name="Address">URL up to the page number.</param>
internal sealed record PageLinks(int Number, bool HasMore, string Address);
