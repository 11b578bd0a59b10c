namespace Jarvis.Server.Tests.Plans;

/// <summary>
/// Plans of the statements that Jarvis sends, with 40,000 rows in every table. PostgreSQL logs each plan, including those of triggers and
/// foreign keys.
/// </summary>
public sealed class QueryPlanTests(RealServices services)
{
    private const string Database = "jarvis";

    // The user has a thousand rows in each table, and some tables occur twice in a plan.
    private const int MaxRowsRead = 10_000;

    [Fact]
    public async Task Web_and_worker_queries_never_scan_a_whole_table()
    {
        await using var postgres = await PrivatePostgres.StartAsync(services);
        await using var redis = await PrivateRedis.StartAsync(services);
        await using var embedder = await OpenAiStandIn.StartAsync();
        embedder.Dimensions = 8;
        await using var boards = await AzureBoardsStandIn.StartAsync();
        await using var discord = await DiscordStandIn.StartAsync();
        var address = await postgres.CreateDatabaseAsync(Database);
        (string, string)[] settings =
        [
            ("ConnectionStrings:Postgres", address),
            ("ConnectionStrings:Redis", redis.ConnectionString),
            ("Memory:Embeddings:BaseUrl", embedder.BaseUrl.ToString()),
            ("Memory:Embeddings:Model", "stand-in"),
            .. boards.Settings,
            .. discord.Settings,
        ];
        await using (var migrate = JarvisProcess.Start(JarvisProgram.Migrate, settings))
        {
            (await migrate.ExitCodeAsync()).Should().Be(0, migrate.Output);
        }

        await using var web = await HostedJarvis.StartAsync(JarvisProgram.Web, settings);
        using var anna = await JarvisClient.RegisterAsync(web.Address);
        await SeedData.AddAsync(postgres, Database, anna.Username);
        await LogPlansAsync(postgres);
        await using var worker = await HostedJarvis.StartAsync(JarvisProgram.Worker, settings);

        await CallEveryFeatureAsync(anna, web.Address);
        await Eventually.IsTrueAsync(() => Task.FromResult(boards.WorkItems.Count == 1), "the report is sent");
        await UseDiscordAsync(anna, web.Address, discord);
        await embedder.WaitForAsync(count: 2, request => request.IsEmbedding);

        var plans = ExecutedPlan.In(postgres.Log);
        plans.Should().HaveCountGreaterThan(50, "every statement has a logged plan");
        plans.Should().Contain(plan => plan.Statement.Contains("search_postings", StringComparison.Ordinal));
        plans.Should().Contain(plan => plan.Statement.Contains("turn_embeddings", StringComparison.Ordinal) && plan.Statement.StartsWith("INSERT", StringComparison.Ordinal));
        plans.Should().Contain(plan => plan.Statement.Contains("near_codes", StringComparison.Ordinal), "search compares vectors too");
        plans.Should().Contain(plan => plan.Statement.Contains("bug_reports", StringComparison.Ordinal) && plan.Statement.Contains("next_attempt_at <=", StringComparison.Ordinal));
        plans.Should().Contain(plan => plan.Statement.Contains("discord_questions", StringComparison.Ordinal));
        plans.Where(plan => plan.Scans.Any(scan => scan.RowsRead > MaxRowsRead)).Should().BeEmpty();
    }

    // The settings apply to new connections; the restart closes the others.
    private static async Task LogPlansAsync(PrivatePostgres postgres)
    {
        foreach (var setting in new[]
        {
            "session_preload_libraries = 'auto_explain'", "auto_explain.log_min_duration = 0", "auto_explain.log_analyze = on",
            "auto_explain.log_timing = off", "auto_explain.log_format = json", "auto_explain.log_nested_statements = on",
        })
        {
            await postgres.SqlAsync("postgres", $"ALTER DATABASE {Database} SET {setting}");
        }

        await postgres.CollectLogAsync();
    }

    private static async Task UseDiscordAsync(JarvisClient anna, Uri address, DiscordStandIn discord)
    {
        var (account, place) = (DiscordPerson.New("Anna"), DiscordChannel.Channel());
        using var redirect = await anna.Http.GetAsync(new Uri("/discord/link", UriKind.Relative));
        using var linked = await anna.Http.GetAsync(discord.Approve(redirect.Headers.Location!, account));
        for (var i = 0; i < 2; i++)
        {
            await discord.AskAsync(address, DiscordInteraction.Ask(account, place, "What is my parrot called?", isPublic: true));
        }

        await discord.SendAsync(address, DiscordInteraction.Memories(account, place, "parrot"));
        await discord.SendAsync(address, DiscordInteraction.Autocomplete(account, place, "kiki"));
        await anna.SendAsync(HttpMethod.Delete, "/discord/link");
    }

    private static async Task CallEveryFeatureAsync(JarvisClient anna, Uri address)
    {
        // Closed connections are detected at their next use.
        await JarvisClient.UntilAsync(async () => (await anna.Http.GetAsync(new Uri("/settings", UriKind.Relative))).StatusCode, status => status == System.Net.HttpStatusCode.OK);
        using var browser = await JarvisClient.SignInAsync(address, anna.Username);
        using var program = new HttpClient { BaseAddress = address };
        var created = await anna.SendAsync(HttpMethod.Post, "/tokens", new { name = "program" });
        program.DefaultRequestHeaders.Authorization = new("Bearer", created.Text("token"));
        await program.GetStringAsync("/chat/conversations");

        var answer = await anna.AskAsync("My parrot is called Koko and I live in Bern");
        await anna.WaitForMemoryAsync(answer.Id("conversationId"));
        await anna.AskAsync("What is my parrot called?", answer.Id("conversationId"));
        await anna.AskAsync("I moved to Perth", answer.Id("conversationId"));
        await anna.WaitForMemoryAsync(answer.Id("conversationId"));
        await anna.TurnsAsync(answer.Id("conversationId"));
        await anna.SendAsync(HttpMethod.Post, $"/chat/turns/{answer.Id("turnId")}/stop");
        await anna.SendAsync(HttpMethod.Patch, $"/chat/conversations/{answer.Id("conversationId")}", new { title = "Parrots" });
        await anna.GetAsync("/chat/conversations?q=parrot");
        await anna.Http.GetStringAsync("/");
        await anna.Http.GetStringAsync($"/chat/{answer.Id("conversationId")}");

        await anna.SendAsync(HttpMethod.Post, "/memory/search", new { query = "What is my parrot called?" });
        await anna.SendAsync(HttpMethod.Post, "/memory/search", new { query = "What do you know about me?" });
        await anna.GetAsync("/memory/items?q=kiki&page=2");
        await anna.Http.GetStringAsync("/memories");
        var item = (await anna.GetAsync("/memory/items?q=perth")).Items().Single();
        await anna.SendAsync(HttpMethod.Patch, $"/memory/items/{item.Id()}", new { content = "I moved to Perth last year", pinned = true });
        await anna.SendAsync(HttpMethod.Delete, $"/memory/items/{item.Id()}");
        await anna.SendAsync(HttpMethod.Post, "/memory/retry", new { conversationId = answer.Id("conversationId") });

        for (var i = 0; i < 2; i++)
        {
            var imported = await anna.SendAsync(HttpMethod.Post, "/conversations/import", new
            {
                conversations = new[]
                {
                    new { externalId = "c1", title = "Old", turns = new[] { new { externalId = "t1", prompt = "My budgie is called Pip", at = "2024-03-01T10:00:00Z" } } },
                },
            });
            await anna.WaitForMemoryAsync(imported.Items("conversations")[0].Id("conversationId"));
        }

        await anna.GetAsync("/conversations/export");
        await anna.GetAsync("/tokens");
        await anna.SendAsync(HttpMethod.Delete, $"/tokens/{created.Id()}");
        await anna.SendAsync(HttpMethod.Post, "/bug-reports", new { title = "It breaks", description = "Always", severity = "low" });
        await anna.GetAsync("/bug-reports?page=2");
        await anna.GetAsync("/models");
        await anna.GetAsync("/health/ready");
        await anna.SendAsync(HttpMethod.Delete, $"/chat/conversations/{answer.Id("conversationId")}?forget=true");
        using var another = await JarvisClient.RegisterAsync(address);
    }
}
