using Jarvis.Infrastructure.Embedded;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace Jarvis.Web.Hosting;

/// <summary>What a person at the console can do something about, in a line; for all else the exception itself is the best report.</summary>
internal static class StartupRefusal
{
    public static string? For(Exception exception) => exception switch
    {
        StartupException => exception.Message,
        OptionsValidationException wrong => string.Join(Environment.NewLine, wrong.Failures),
        InvalidOperationException { Source: "Microsoft.Extensions.Configuration.Binder", InnerException: { } inner } => $"{exception.Message} {inner.Message}",
        IOException { InnerException: AddressInUseException } =>
            $"{exception.Message} Stop what listens there, or start Jarvis with another one: --urls http://localhost:5081",
        _ => null,
    };
}
