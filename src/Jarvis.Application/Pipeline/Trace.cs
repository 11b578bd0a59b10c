using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Jarvis.Application.Pipeline;

/// <summary>The source of Jarvis's own spans and figures, for whoever exports them.</summary>
public static class Trace
{
    public const string SourceName = "Jarvis";

    internal static ActivitySource Source { get; } = new(SourceName);

    internal static Meter Meter { get; } = new(SourceName);
}
