using System.Reflection;
using Jarvis.Application.Pipeline;
using Jarvis.Infrastructure.Common;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Jarvis.Infrastructure.Hosting.Telemetry;

public static class TelemetryRegistration
{
    private const string EndpointKey = "Otel:Endpoint";

    private static readonly string[] Meters = [JarvisTelemetry.SourceName, "Microsoft.AspNetCore.Hosting", "Npgsql", "System.Runtime"];
    private static readonly string[] Sources = [JarvisTelemetry.SourceName, "Npgsql", "System.Net.Http"];

    /// <summary>Sends metrics and traces to an OTLP collector if one is configured. They never contain users' texts.</summary>
    /// <param name="service">Name of this process in the telemetry.</param>
    /// <exception cref="StartupException">The URL is invalid.</exception>
    public static IServiceCollection AddTelemetry(this IServiceCollection services, IConfiguration configuration, string service)
    {
        if (configuration[EndpointKey] is not { Length: > 0 } value)
        {
            return services;
        }

        var collector = Read(value);
        var version = Assembly.GetEntryAssembly()?.GetName().Version?.ToString();
        services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(service, serviceNamespace: "jarvis", serviceVersion: version))
            .WithMetrics(metrics => metrics
                .AddMeter(Meters)
                .AddOtlpExporter(exporter => SendTo(collector, "v1/metrics", exporter)))
            .WithTracing(traces => traces
                .AddSource(Sources)
                .AddAspNetCoreInstrumentation()
                .AddOtlpExporter(exporter => SendTo(collector, "v1/traces", exporter)));

        return services;
    }

    private static void SendTo(Uri collector, string path, OtlpExporterOptions exporter)
    {
        exporter.Protocol = OtlpExportProtocol.HttpProtobuf;
        exporter.Endpoint = new Uri(collector, path);
    }

    // With a trailing slash, so that a path in the collector's URL is preserved.
    private static Uri Read(string value) =>
        Uri.TryCreate(value.TrimEnd('/') + '/', UriKind.Absolute, out var address) && address.Scheme is ("http" or "https")
            ? address
            : throw new StartupException($"{EndpointKey} is “{value}”, which isn't a valid URL: set it to a collector that accepts OTLP over HTTP, such as http://localhost:4318.");
}
