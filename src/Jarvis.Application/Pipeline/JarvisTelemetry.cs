using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Jarvis.Application.Pipeline;

/// <summary>The source of Jarvis's own spans and figures, for whoever exports them.</summary>
public static class JarvisTelemetry
{
    public const string SourceName = "Jarvis";

    internal static ActivitySource ActivitySource { get; } = new(SourceName);

    internal static Meter Meter { get; } = new(SourceName);
}
