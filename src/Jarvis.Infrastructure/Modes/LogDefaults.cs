using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Memory;

namespace Jarvis.Infrastructure.Modes;

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

            // Each statement that fails, as it fails and with all its text; whoever sent it says so too.
            ["Logging:LogLevel:Microsoft.EntityFrameworkCore.Database"] = "None",
            ["Logging:LogLevel:Microsoft.EntityFrameworkCore.Query"] = "None",
            ["Logging:LogLevel:Microsoft.EntityFrameworkCore.Update"] = "None",
            ["Logging:Console:FormatterName"] = "simple",
            ["Logging:Console:FormatterOptions:SingleLine"] = "true",
            ["Logging:Console:FormatterOptions:TimestampFormat"] = "HH:mm:ss ",
        },
    });
}
