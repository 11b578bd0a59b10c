namespace Jarvis.Architecture.Tests;

public sealed class LayerTests
{
    // Engines, hosts and drivers, of which use cases must be independent.
    private static readonly string[] OuterLayers =
    [
        "Jarvis.Infrastructure", "Jarvis.Web", "Jarvis.Worker", "Microsoft.AspNetCore", "Microsoft.Extensions.Configuration",
        "Microsoft.Extensions.Options", "Microsoft.EntityFrameworkCore.Relational", "Microsoft.EntityFrameworkCore.Sqlite", "Npgsql",
        "Pgvector", "StackExchange.Redis", "Garnet", "Azure", "OpenAI",
    ];

    [Fact]
    public void Domain_references_only_the_base_class_library()
    {
        var referenced = Solution.Domain.GetReferencedAssemblies().Select(assembly => assembly.Name!).ToList();

        referenced.Should().NotBeEmpty();
        referenced.Should().OnlyContain(name => name.StartsWith("System.", StringComparison.Ordinal) || name == "netstandard");
    }

    [Fact]
    public void Application_references_no_database_engine_host_or_driver()
    {
        var referenced = Solution.Application.GetReferencedAssemblies().Select(assembly => assembly.Name!).ToList();

        referenced.Should().Contain("Jarvis.Domain");
        referenced.Should().NotContain(name => OuterLayers.Any(part => name == part || name.StartsWith(part + ".", StringComparison.Ordinal)));
    }

    [Fact]
    public void Worker_services_do_not_reference_Infrastructure()
    {
        // These files compose the process or report on it.
        string[] composition = ["JarvisWorker.cs", "Program.cs", "WorkerRegistration.cs", "WorkerStartupLogger.cs"];
        var services = Solution.Sources.Where(file => file.Project == "Jarvis.Worker" && !composition.Contains(Path.GetFileName(file.Name))).ToList();

        services.Should().NotBeEmpty();
        services.Where(file => file.Text.Contains("Jarvis.Infrastructure", StringComparison.Ordinal)).Select(file => file.Name).Should().BeEmpty();
    }
}
