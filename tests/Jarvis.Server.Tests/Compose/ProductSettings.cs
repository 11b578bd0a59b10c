using System.Reflection;
using Jarvis.Application;
using Jarvis.Infrastructure;
using Jarvis.Web;
using Jarvis.Worker;

namespace Jarvis.Server.Tests.Compose;

/// <summary>Settings that Jarvis reads: those of its options and those that its sources name in full.</summary>
internal static class ProductSettings
{
    private static readonly Assembly[] Product =
        [typeof(ApplicationRegistration).Assembly, typeof(InfrastructureRegistration).Assembly, typeof(JarvisWorker).Assembly, typeof(JarvisWeb).Assembly];

    private static readonly HashSet<string> OptionKeys =
    [
        .. from type in Product.SelectMany(assembly => assembly.GetTypes())
           let section = type.GetField("Section", BindingFlags.Public | BindingFlags.Static)?.GetRawConstantValue() as string
           where section is not null
           from property in type.GetProperties()
           where property.CanWrite
           select $"{section}:{property.Name}",
    ];

    private static readonly string Sources = string.Concat(
        Directory.EnumerateFiles(Path.Combine(JarvisHost.RepositoryRoot, "src"), "*.cs", SearchOption.AllDirectories).Select(File.ReadAllText));

    public static int Count => OptionKeys.Count;

    /// <param name="variable">Name of an environment variable.</param>
    public static bool Knows(string variable)
    {
        var key = variable.Replace("__", ":", StringComparison.Ordinal);

        return OptionKeys.Contains(key) || Sources.Contains($"\"{key}\"", StringComparison.Ordinal);
    }
}
