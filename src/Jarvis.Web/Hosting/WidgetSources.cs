namespace Jarvis.Web.Hosting;

/// <summary>From where a page may load somebody else's script, show their frames, and whom they may ask: lists of sources as in a policy.</summary>
internal sealed record WidgetSources(string Scripts, string Frames, string Connections);
