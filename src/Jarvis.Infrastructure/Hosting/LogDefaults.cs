using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Memory;

namespace Jarvis.Infrastructure.Hosting;

public static class LogDefaults
{
    /// <summary>Adds the log settings that all processes share. The configuration overrides them.</summary>
    public static void AddLogDefaults(this IConfigurationBuilder configuration) => configuration.Sources.Insert(0, new MemoryConfigurationSource
    {
        InitialData = new Dictionary<string, string?>
        {
            ["Logging:LogLevel:Default"] = "Warning",
            ["Logging:LogLevel:Jarvis"] = "Information",
            ["Logging:LogLevel:Microsoft.AspNetCore.DataProtection"] = "Error",

            // This category logs whole keys at Debug. An administrator who wants to see its parent at that level must not log them.
            ["Logging:LogLevel:Microsoft.AspNetCore.DataProtection.EntityFrameworkCore"] = "Error",

            // These categories log whole URLs. The redirect from Discord contains the code and the state of an account link, which must not be
            // logged if an administrator raises the default level. A level for one of these categories still takes effect.
            ["Logging:LogLevel:Microsoft.AspNetCore.Hosting.Diagnostics"] = "Warning",
            ["Logging:LogLevel:Microsoft.AspNetCore.Mvc.Infrastructure.RedirectResultExecutor"] = "Warning",

            // These categories log failed SQL statements with their text. The callers log the failures too.
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
