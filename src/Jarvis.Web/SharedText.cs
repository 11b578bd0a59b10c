namespace Jarvis.Web;

/// <summary>Identifies the resources with the texts of the pages.</summary>
internal sealed class SharedText;
