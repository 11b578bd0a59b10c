using System.Reflection;
using Jarvis.Domain.BugReports;

namespace Jarvis.Application.BugReports;

internal static class ThisVersion
{
    /// <summary>As it was built, with the commit where the build knows it.</summary>
    public static string Name { get; } = Cut(
        typeof(ThisVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown");

    private static string Cut(string version) => version.Length <= BugReport.VersionMaxLength ? version : version[..BugReport.VersionMaxLength];
}
