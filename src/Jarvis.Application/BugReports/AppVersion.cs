using System.Reflection;
using Jarvis.Domain.BugReports;
using Jarvis.Domain.Common;

namespace Jarvis.Application.BugReports;

internal static class AppVersion
{
    /// <summary>Version of the build, with the commit if the build knows it.</summary>
    public static string Name { get; } =
        (typeof(AppVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown")
        .Truncate(BugReport.VersionMaxLength);
}
