using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Jarvis.Application.Pipeline;

/// <summary>Source of the traces and metrics of Jarvis.</summary>
public static class JarvisTelemetry
{
    public const string SourceName = "Jarvis";

    internal static ActivitySource ActivitySource { get; } = new(SourceName);

    internal static Meter Meter { get; } = new(SourceName);
}
