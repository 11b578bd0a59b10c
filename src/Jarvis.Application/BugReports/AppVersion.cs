using System.Reflection;
using Jarvis.Domain.BugReports;

namespace Jarvis.Application.BugReports;

internal static class AppVersion
{
    /// <summary>As it was built, with the commit where the build knows it.</summary>
    public static string Name { get; } = Truncate(
        typeof(AppVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown");

    private static string Truncate(string version) => version.Length <= BugReport.VersionMaxLength ? version : version[..BugReport.VersionMaxLength];
}
