namespace Jarvis.Server.Tests.Processes;

/// <summary>Two web processes behind a load balancer and two workers, on one PostgreSQL and one Redis.</summary>
public sealed class MultiProcessFixture(RealServices services) : IAsyncLifetime
{
    public const int AskingPermits = 20;

    private readonly List<JarvisProcess> processes = [];
    private PostgresDatabase database = null!;

    public PrivateRedis Redis { get; private set; } = null!;

    public OpenAiStandIn Model { get; private set; } = null!;

    public LoadBalancer Jarvis { get; private set; } = null!;

    public IReadOnlyList<Uri> Webs { get; private set; } = [];

    public async ValueTask InitializeAsync()
    {
        database = await PostgresDatabase.CreateAsync();
        Redis = await PrivateRedis.StartAsync(services);
        Model = await OpenAiStandIn.StartAsync();
        var webs = new[] { Start(JarvisProgram.Web), Start(JarvisProgram.Web) };
        var workers = new[] { Start(JarvisProgram.Worker), Start(JarvisProgram.Worker) };
        Webs = await Task.WhenAll(webs.Select(web => web.AddressAsync()));
        await Task.WhenAll(workers.Select(worker => worker.AddressAsync()));
        Jarvis = await LoadBalancer.StartAsync([.. Webs]);
    }

    public Task<Uri> StartWebAsync() => Start(JarvisProgram.Web).AddressAsync();

    public async ValueTask DisposeAsync()
    {
        await Jarvis.DisposeAsync();
        foreach (var process in processes)
        {
            await process.DisposeAsync();
        }

        await Model.DisposeAsync();
        await Redis.DisposeAsync();
        await database.DisposeAsync();
    }

    private JarvisProcess Start(JarvisProgram program)
    {
        var process = JarvisProcess.Start(
            program,
            ("ConnectionStrings:Postgres", database.ConnectionString),
            ("ConnectionStrings:Redis", Redis.ConnectionString),
            ("OpenAI:BaseUrl", Model.BaseUrl.ToString()),
            ("OpenAI:ApiKey", Secrets.OpenAiKey),
            ("OpenAI:Models:0", "stand-in"),
            ("Memory:Extractor", "Heuristic"),
            ("RateLimits:Chat:Permits", $"{AskingPermits}"),
            ("RateLimits:Chat:Per", "01:00:00"));
        processes.Add(process);

        return process;
    }
}
