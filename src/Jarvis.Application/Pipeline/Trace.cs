using System.Diagnostics;

namespace Jarvis.Application.Pipeline;

/// <summary>The source of Jarvis's own spans, for whoever exports them.</summary>
public static class Trace
{
    public const string SourceName = "Jarvis";

    internal static ActivitySource Source { get; } = new(SourceName);
}
