namespace Jarvis.Web.Pages.Shared;

/// <summary>Ways to the pages before and after this one of a list.</summary>
/// <param name="Address">What comes before the number of a page.</param>
internal sealed record PageLinks(int Number, bool HasMore, string Address);
