using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Memory;

namespace Jarvis.Infrastructure.Hosting;

public static class LogDefaults
{
    /// <summary>What the console shows unless the configuration says otherwise: the same for every process of Jarvis.</summary>
    public static void AddLogDefaults(this IConfigurationBuilder configuration) => configuration.Sources.Insert(0, new MemoryConfigurationSource
    {
        InitialData = new Dictionary<string, string?>
        {
            ["Logging:LogLevel:Default"] = "Warning",
            ["Logging:LogLevel:Jarvis"] = "Information",
            ["Logging:LogLevel:Microsoft.AspNetCore.DataProtection"] = "Error",

            // Whole addresses: those that Discord sends a browser back to hold the code and the state of a link, and so would stand in the log
            // of whoever raises the level for all. Who names these categories gets them.
            ["Logging:LogLevel:Microsoft.AspNetCore.Hosting.Diagnostics"] = "Warning",
            ["Logging:LogLevel:Microsoft.AspNetCore.Mvc.Infrastructure.RedirectResultExecutor"] = "Warning",

            // Each statement that fails, as it fails and with all its text; whoever sent it says so too.
            ["Logging:LogLevel:Microsoft.EntityFrameworkCore.Database"] = "None",
            ["Logging:LogLevel:Microsoft.EntityFrameworkCore.Query"] = "None",
            ["Logging:LogLevel:Microsoft.EntityFrameworkCore.Update"] = "None",

            // Probes repeat every few seconds, and the failing services report the outage themselves.
            ["Logging:LogLevel:Microsoft.Extensions.Diagnostics.HealthChecks"] = "None",
            ["Logging:Console:FormatterName"] = "simple",
            ["Logging:Console:FormatterOptions:SingleLine"] = "true",
            ["Logging:Console:FormatterOptions:TimestampFormat"] = "HH:mm:ss ",
        },
    });
}
