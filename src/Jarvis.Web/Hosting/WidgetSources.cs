namespace Jarvis.Web.Hosting;

/// <summary>Content security policy sources that a third-party widget needs, each a space-separated list.</summary>
internal sealed record WidgetSources(string Scripts, string Frames, string Connections);
