using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;

namespace Jarvis.Server.Tests.Compose;

/// <summary>
/// Tests deploy/docker-compose.yml and the Dockerfile as far as possible without an engine: the published programs start with the commands
/// and the environment of the files; only hosts and ports are replaced.
/// </summary>
[Trait("Tier", "deploy")]
public sealed partial class ComposeTests(RealServices services, PublishedJarvis published) : IClassFixture<PublishedJarvis>
{
    private const string Password = Secrets.ComposePassword;
    private static readonly string[] JarvisServices = ["migrate", "web", "worker"];

    private static readonly string VoicesInTheCatalogue =
        File.ReadAllText(Path.Combine(JarvisHost.RepositoryRoot, "src", "Jarvis.Infrastructure", "Ai", "Speech", "data", "speaches-voices.json"));

    // Variables of the runtime and its image.
    private static readonly string[] Frameworks = ["ASPNETCORE_HTTP_PORTS"];

    [Fact]
    public async Task Published_programs_run_as_the_Compose_file_describes()
    {
        await using var postgres = await PrivatePostgres.StartAsync(services);
        var file = await ComposeFile.ReadAsync(("POSTGRES_PASSWORD", Password), ("REDIS_PASSWORD", Password));
        await using var redis = await PrivateRedis.StartAsync(services, [.. file["redis"].Command.Skip(1)]);
        await PrepareAsync(postgres, file["postgres"].Environment);
        using var noModel = new ClosedPort();
        var replaced = new Dictionary<string, string>
        {
            ["Host=postgres;"] = $"Host=127.0.0.1;Port={postgres.Port};",
            ["redis:6379"] = $"127.0.0.1:{redis.Port}",
            ["ollama:11434"] = $"127.0.0.1:{noModel.Number}",
        };

        var images = new[] { await published.FolderOfAsync("web"), await published.FolderOfAsync("worker") };
        var asPublished = Content(images);

        await using var migrate = await StartAsync(file["migrate"], replaced, port: 0);
        (await migrate.ExitCodeAsync()).Should().Be(0, migrate.Output);
        var (webPort, workerPort) = (FreePort(), FreePort());
        await using var web = await StartAsync(file["web"], replaced, webPort);
        await using var worker = await StartAsync(file["worker"], replaced, workerPort);
        await web.AddressAsync();
        await worker.AddressAsync();

        using var person = await JarvisClient.RegisterAsync(new Uri($"http://127.0.0.1:{webPort}"));
        var answer = await person.AskAsync("My dog is called Reksio");
        await person.WaitForMemoryAsync(answer.Id("conversationId"));
        (await person.AskAsync("What is my dog called?")).Text("response").Should().Contain("Reksio");

        (await IsHealthyAsync(file["web"], webPort)).Should().BeTrue();
        (await IsHealthyAsync(file["worker"], workerPort)).Should().BeTrue();
        (await StopWithinGracePeriodAsync(file["web"], web)).Should().Be(0, web.Output);
        (await StopWithinGracePeriodAsync(file["worker"], worker)).Should().Be(0, worker.Output);
        (await IsHealthyAsync(file["web"], webPort)).Should().BeFalse();
        web.Output.Should().Contain("Mode: server").And.NotContain(Password);
        Content(images).Should().BeEquivalentTo(asPublished, "the container file systems are read-only");
    }

    [Fact]
    public async Task Every_setting_in_the_files_is_known_to_Jarvis()
    {
        var file = await ComposeFile.ReadAsync(("POSTGRES_PASSWORD", Password), ("REDIS_PASSWORD", Password));
        var compose = Interpolated.Matches(ComposeFile.Text).Select(name => name.Groups[1].Value).Append("COMPOSE_PROJECT_NAME").ToHashSet();
        var named = JarvisServices.SelectMany(name => file[name].Environment.Keys)
            .Concat(Assignment.Matches(ComposeFile.Example).Select(name => name.Groups[1].Value))
            .Distinct()
            .Except(Frameworks)
            .ToList();

        named.Should().HaveCountGreaterThan(10);
        ProductSettings.Count.Should().BeGreaterThan(20);
        named.Where(name => !ProductSettings.Knows(name) && !compose.Contains(name)).Should().BeEmpty();
    }

    [Fact]
    public async Task Compose_variables_are_in_the_example_and_take_effect()
    {
        var file = await ComposeFile.ReadAsync(("POSTGRES_PASSWORD", Password), ("REDIS_PASSWORD", Password), ("POSTGRES_MAJOR", "13"), ("JARVIS_PORT", "9000"));
        var offered = Assignment.Matches(ComposeFile.Example).Select(name => name.Groups[1].Value).ToHashSet();
        var read = Interpolated.Matches(ComposeFile.Text).Select(name => name.Groups[1].Value).ToHashSet();

        file["postgres"].Text("image").Should().EndWith(":pg13");
        file["web"].List("ports").Should().ContainSingle().Which.Should().StartWith("127.0.0.1:9000:8080");
        read.Except(offered).Should().BeEmpty("each variable of the file is explained in the example");
    }

    [Fact]
    public async Task Speech_servers_match_the_example_addresses_and_keep_their_models()
    {
        var file = await ComposeFile.ReadAsync(("POSTGRES_PASSWORD", Password), ("REDIS_PASSWORD", Password));

        foreach (var (name, port) in new[] { ("speaches", 8000), ("chatterbox", 4123) })
        {
            ComposeFile.Example.Should().Contain($"BaseUrl=http://{name}:{port}/v1");
            file[name].HealthCheck.Should().Contain($"http://127.0.0.1:{port}/health");
            file[name].Has("volumes").Should().BeTrue();
            file[name].Has("ports").Should().BeFalse("only Jarvis calls the server");
        }

        Condition(file["speaches-models"], "speaches").Should().Be("service_healthy");
        file["speaches-models"].Environment["INSTALL"].Split(' ').Should().HaveCount(2).And.OnlyContain(model => VoicesInTheCatalogue.Contains($"\"{model}\""));
    }

    [Fact]
    public async Task Compose_without_password_names_the_variable_to_set()
    {
        var act = () => ComposeFile.ReadAsync(("REDIS_PASSWORD", Password));

        (await act.Should().ThrowAsync<InvalidOperationException>()).Which.Message.Should().Contain("Set POSTGRES_PASSWORD in deploy/.env");
    }

    [Fact]
    public async Task Jarvis_containers_are_unprivileged_and_read_only()
    {
        var file = await ComposeFile.ReadAsync(("POSTGRES_PASSWORD", Password), ("REDIS_PASSWORD", Password));

        foreach (var service in JarvisServices.Select(name => file[name]))
        {
            ImageFile.BaseOf(service.Target).Should().Be("runtime");
            service.Text("read_only").Should().Be("true");
            service.List("cap_drop").Should().Equal("ALL");
            service.List("security_opt").Should().Contain("no-new-privileges:true");
            service.Has("mem_limit").Should().BeTrue();
            service.Has("cpus").Should().BeTrue();
            service.Has("volumes").Should().BeFalse();
        }

        ImageFile.Stage("runtime").Should().Contain("USER app");
        file["web"].Text("restart").Should().Be("unless-stopped");
        file["worker"].Text("restart").Should().Be("unless-stopped");
    }

    [Fact]
    public async Task Worker_service_can_be_scaled()
    {
        var worker = (await ComposeFile.ReadAsync(("POSTGRES_PASSWORD", Password), ("REDIS_PASSWORD", Password)))["worker"];

        worker.Has("container_name").Should().BeFalse();
        worker.Has("ports").Should().BeFalse();
    }

    [Fact]
    public async Task Services_wait_for_dependencies_and_have_health_checks()
    {
        var file = await ComposeFile.ReadAsync(("POSTGRES_PASSWORD", Password), ("REDIS_PASSWORD", Password));

        foreach (var name in new[] { "web", "worker" })
        {
            Condition(file[name], "migrate").Should().Be("service_completed_successfully");
            Condition(file[name], "redis").Should().Be("service_healthy");
        }

        Condition(file["migrate"], "postgres").Should().Be("service_healthy");
        file.Services.Where(name => !file[name].Has("healthcheck")).Should().BeEquivalentTo("migrate", "ollama-model", "speaches-models", "mockserver");
    }

    private async Task<JarvisProcess> StartAsync(ComposeService service, Dictionary<string, string> replaced, int port)
    {
        var command = ImageFile.EntryPointOf(service.Target).Concat(service.Command).ToList();
        var start = new ProcessStartInfo(command[0], command[1..]) { WorkingDirectory = await published.FolderOfAsync(service.Target) };
        start.Environment.Clear();
        start.Environment["HOME"] = start.WorkingDirectory;
        foreach (var name in new[] { "PATH", "DOTNET_ROOT" })
        {
            if (Environment.GetEnvironmentVariable(name) is { } value)
            {
                start.Environment[name] = value;
            }
        }

        foreach (var (name, value) in service.Environment)
        {
            start.Environment[name] = replaced.Aggregate(value, (text, pair) => text.Replace(pair.Key, pair.Value, StringComparison.Ordinal));
        }

        start.Environment["ASPNETCORE_HTTP_PORTS"].Should().Be("8080", "the published port is also the health check's port");
        start.Environment["ASPNETCORE_HTTP_PORTS"] = port.ToString(CultureInfo.InvariantCulture);

        return JarvisProcess.Start(start);
    }

    private async Task<bool> IsHealthyAsync(ComposeService service, int port)
    {
        var command = service.HealthCheck.Select(argument => argument.Replace(":8080/", $":{port}/", StringComparison.Ordinal)).ToList();
        var start = new ProcessStartInfo(command[0], command[1..]) { WorkingDirectory = await published.FolderOfAsync(service.Target) };
        await using var healthCheck = ChildProcess.Start(start);

        return await healthCheck.ExitCodeAsync() == 0;
    }

    private static async Task<int> StopWithinGracePeriodAsync(ComposeService service, JarvisProcess process)
    {
        var grace = int.Parse(service.Text("stop_grace_period").TrimEnd('s'), CultureInfo.InvariantCulture);

        return await process.TerminateAsync().WaitAsync(TimeSpan.FromSeconds(grace));
    }

    // Applies the variables as the image's entry point does.
    private static async Task PrepareAsync(PrivatePostgres postgres, IReadOnlyDictionary<string, string> environment)
    {
        var (user, database) = (environment["POSTGRES_USER"], environment["POSTGRES_DB"]);
        await postgres.SqlAsync("postgres", $"CREATE ROLE {user} SUPERUSER LOGIN PASSWORD '{environment["POSTGRES_PASSWORD"]}'");
        await postgres.SqlAsync("postgres", $"CREATE DATABASE {database} OWNER {user}");
    }

    private static IEnumerable<string> Content(string[] folders) =>
        [.. folders.SelectMany(folder => new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories)).Select(file => $"{file.FullName} {file.LastWriteTimeUtc:O}")];

    private static string Condition(ComposeService service, string other) => (string)((Dictionary<object, object>)service.Map("depends_on")[other])["condition"];

    private static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(IPAddress.Loopback, port: 0);
        listener.Start();

        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    [GeneratedRegex(@"\$\{(\w+)")]
    private static partial Regex Interpolated { get; }

    [GeneratedRegex(@"^(?:# )?(\w+)=", RegexOptions.Multiline)]
    private static partial Regex Assignment { get; }
}
