namespace Jarvis.Web;

/// <summary>Names the resources of everything a person reads in the pages.</summary>
internal sealed class SharedText;
