namespace Jarvis.Architecture.Tests;

public sealed class LayerTests
{
    // Engines, hosts and drivers: the use cases must not know which of them there are.
    private static readonly string[] Outside =
    [
        "Jarvis.Infrastructure", "Jarvis.Web", "Jarvis.Worker", "Microsoft.AspNetCore", "Microsoft.Extensions.Configuration",
        "Microsoft.Extensions.Options", "Microsoft.EntityFrameworkCore.Relational", "Microsoft.EntityFrameworkCore.Sqlite", "Npgsql",
        "Pgvector", "StackExchange.Redis", "Garnet", "Azure", "OpenAI",
    ];

    [Fact]
    public void The_domain_knows_nothing_but_the_base_library()
    {
        var referenced = Solution.Domain.GetReferencedAssemblies().Select(assembly => assembly.Name!).ToList();

        referenced.Should().NotBeEmpty();
        referenced.Should().OnlyContain(name => name.StartsWith("System.", StringComparison.Ordinal) || name == "netstandard");
    }

    [Fact]
    public void The_use_cases_know_no_engine_no_host_and_no_driver()
    {
        var referenced = Solution.Application.GetReferencedAssemblies().Select(assembly => assembly.Name!).ToList();

        referenced.Should().Contain("Jarvis.Domain");
        referenced.Should().NotContain(name => Outside.Any(part => name == part || name.StartsWith(part + ".", StringComparison.Ordinal)));
    }

    [Fact]
    public void The_worker_knows_ports_and_no_adapters()
    {
        var referenced = Solution.Worker.GetReferencedAssemblies().Select(assembly => assembly.Name!).ToList();

        referenced.Should().Contain("Jarvis.Application");
        referenced.Should().NotContain(name => name == "Jarvis.Infrastructure" || name == "Jarvis.Web");
    }
}
