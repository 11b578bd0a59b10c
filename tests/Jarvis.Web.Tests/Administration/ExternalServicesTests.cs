using Jarvis.Web.Tests.BugReports;

namespace Jarvis.Web.Tests.Administration;

/// <summary>Breaks and restores each external system; the page shows its state.</summary>
public sealed class ExternalServicesTests : IAsyncLifetime
{
    private JarvisHost? host;
    private JarvisClient administrator = null!;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        administrator.Dispose();
        await (host?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    [Fact]
    public async Task Unconfigured_service_is_off_and_names_its_settings()
    {
        await StartAsync();

        var page = await AdminPage.ReadAsync(administrator);

        page.Should().NotContain("Admin.", "each system has its own texts");
        foreach (var (system, settings) in new[]
        {
            ("openai", "OpenAI"), ("azure-openai", "AzureOpenAI"), ("embeddings", "Memory:Embeddings"), ("speaches", "Speech:Speaches"), ("chatterbox", "Speech:Chatterbox"),
            ("discord", "Discord"), ("discord-notices", "Discord:WebhookUrl"), ("azure-boards", "AzureBoards"), ("captcha", "Captcha"),
        })
        {
            page.Should().Contain($"id=\"system-{system}\" data-state=\"off\"").And.Contain($"start with {settings}.");
        }
    }

    [Fact]
    public async Task Unconfigured_local_model_is_not_shown_as_failing()
    {
        await StartAsync(("LocalLlm:BaseUrl", null));

        (await AdminPage.RowAsync(administrator, "local")).Should().MatchRegex("data-state=\"(off|unknown|working)\"");
    }

    [Fact]
    public async Task Tracker_failure_and_recovery_are_shown()
    {
        await using var boards = await AzureBoardsStandIn.StartAsync();
        await StartAsync([.. boards.Settings.Select(Nullable), .. BugTrackerFixture.ShortDelays.Select(Nullable)]);
        (await AdminPage.RowAsync(administrator, "azure-boards")).Should().Contain("data-state=\"unknown\"");

        boards.AddFault(HttpFault.WithStatus(500));
        await BugTrackerFixture.ReportAsync(administrator, "It breaks");
        var failing = await AdminPage.UntilAsync(administrator, "azure-boards", "failing");
        boards.ClearFaults();
        var workingRow = await AdminPage.UntilAsync(administrator, "azure-boards", "working");

        failing.Should().Contain("returned an error (500)").And.Contain("failing since").And.Contain(boards.BaseUrl.Authority);
        workingRow.Should().Contain("working since").And.NotContain("error");
    }

    [Fact]
    public async Task Rejected_key_names_its_settings_and_is_not_shown()
    {
        await using var boards = await AzureBoardsStandIn.StartAsync();
        await StartAsync([.. boards.Settings.Select(Nullable), ("AzureBoards:PersonalAccessToken", Secrets.WrongAzureBoardsToken)]);

        await BugTrackerFixture.ReportAsync(administrator, "It breaks");

        (await AdminPage.UntilAsync(administrator, "azure-boards", "failing")).Should().Contain("rejected Jarvis").And.Contain("AzureBoards");
        (await AdminPage.ReadAsync(administrator)).Should().NotContain(Secrets.WrongAzureBoardsToken);
    }

    [Fact]
    public async Task Unreachable_model_is_shown_before_the_first_call()
    {
        using var closed = new ClosedPort();
        await StartAsync(("OpenAI:BaseUrl", closed.BaseUrl.ToString()), ("OpenAI:Models", "stand-in"));

        (await AdminPage.UntilAsync(administrator, "openai", "failing")).Should().Contain($"Nothing responds at 127.0.0.1:{closed.Number}").And.Contain("OpenAI");
    }

    [Fact]
    public async Task Listed_model_that_fails_to_answer_is_shown_as_failing()
    {
        await using var model = await OpenAiStandIn.StartAsync();
        await StartAsync(("OpenAI:BaseUrl", model.BaseUrl.ToString()), ("OpenAI:Models", "stand-in"));
        await AdminPage.UntilAsync(administrator, "openai", "working");

        model.AddFault(OpenAiFault.Garbage);
        using var refused = await administrator.RawAsync(HttpMethod.Post, "/chat/ask", new { prompt = "Hello there" });
        var failing = await AdminPage.UntilAsync(administrator, "openai", "failing");
        model.ClearFaults();
        await administrator.AskAsync("Hello again");

        failing.Should().Contain("returned an unexpected response");
        await AdminPage.UntilAsync(administrator, "openai", "working");
    }

    [Fact]
    public async Task Model_with_exhausted_quota_is_shown_as_failing()
    {
        await using var model = await OpenAiStandIn.StartAsync();
        model.AddFault(OpenAiFault.RateLimited(), request => !request.IsExtraction);
        await StartAsync(("OpenAI:BaseUrl", model.BaseUrl.ToString()), ("OpenAI:Models", "stand-in"));

        using var refused = await administrator.RawAsync(HttpMethod.Post, "/chat/ask", new { prompt = "Hello there" });

        (await AdminPage.UntilAsync(administrator, "openai", "failing")).Should().Contain("accepting more requests right now");
    }

    [Fact]
    public async Task Embedding_failure_and_recovery_are_shown()
    {
        await using var model = await OpenAiStandIn.StartAsync();
        model.AddFault(OpenAiFault.WithStatus(503), request => request.IsEmbedding);
        await StartAsync(("Memory:Embeddings:BaseUrl", model.BaseUrl.ToString()), ("Memory:Embeddings:Model", "stand-in"));

        await administrator.AskAsync("My dog is called Reksio.");
        var failing = await AdminPage.UntilAsync(administrator, "embeddings", "failing");
        model.ClearFaults();

        failing.Should().Contain("(503)");
        await AdminPage.UntilAsync(administrator, "embeddings", "working");
    }

    [Fact]
    public async Task Speech_server_failure_and_recovery_are_shown()
    {
        await using var speech = await SpeechStandIn.StartAsync();
        await StartAsync(("Speech:Speaches:BaseUrl", speech.BaseUrl.ToString()));

        speech.AddFault(SpeechFault.WithStatus(500));
        using var silent = await administrator.RawAsync(HttpMethod.Post, "/speech/synthesize", new { text = "Hello there", provider = "speaches" });
        var failing = await AdminPage.UntilAsync(administrator, "speaches", "failing");
        speech.ClearFaults();
        using var spoken = await administrator.RawAsync(HttpMethod.Post, "/speech/synthesize", new { text = "Hello again", provider = "speaches" });

        failing.Should().Contain("(500)");
        await AdminPage.UntilAsync(administrator, "speaches", "working");
    }

    [Fact]
    public async Task Missing_webhook_is_shown_as_failing_without_its_secret()
    {
        await using var discord = await DiscordStandIn.StartAsync();
        await StartAsync([.. discord.Settings.Select(Nullable)]);

        discord.AddFault(new DiscordFault { Status = 404 });
        await BugTrackerFixture.ReportAsync(administrator, "It breaks");
        var failing = await AdminPage.UntilAsync(administrator, "discord-notices", "failing");

        failing.Should().Contain("returned 404 for this model or endpoint").And.Contain("Discord:WebhookUrl");
        (await AdminPage.ReadAsync(administrator)).Should().NotContain(Secrets.DiscordWebhookToken);
        (await AdminPage.RowAsync(administrator, "discord")).Should().Contain("data-state=\"unknown\"");
    }

    [Fact]
    public async Task Captcha_failure_is_shown_with_its_reason()
    {
        await using var check = await RecaptchaStandIn.StartAsync();
        await StartAsync();
        await host!.RestartAsync([.. check.Settings.Select(Nullable)]);
        administrator = await SignInAgainAsync();

        check.AddFault(HttpFault.Garbage);
        using var anonymous = new JarvisClient(host.CreateClient());
        using var refused = await anonymous.PostFormAsync("/account/register", new()
        {
            ["Username"] = "somebody",
            ["Email"] = "somebody@example.org",
            ["Password"] = Secrets.Password,
            ["g-recaptcha-response"] = RecaptchaStandIn.NewToken(),
        });

        (await AdminPage.UntilAsync(administrator, "captcha", "failing")).Should().Contain("returned an unexpected response");
    }

    [Fact]
    public async Task Failure_time_survives_a_restart()
    {
        using var closed = new ClosedPort();
        await StartAsync(("OpenAI:BaseUrl", closed.BaseUrl.ToString()), ("OpenAI:Models", "stand-in"));
        var before = SinceIn(await WaitForSharedFailureAsync());

        await host!.RestartAsync();
        administrator = await SignInAgainAsync();

        SinceIn(await WaitForSharedFailureAsync()).Should().Be(before);
    }

    [Fact]
    public async Task Failure_at_another_address_is_not_shown()
    {
        using var closed = new ClosedPort();
        await using var boards = await AzureBoardsStandIn.StartAsync();
        await StartAsync([.. boards.Settings.Select(Nullable), .. BugTrackerFixture.ShortDelays.Select(Nullable), ("AzureBoards:BaseUrl", closed.BaseUrl.GetLeftPart(UriPartial.Authority)), ("BugReports:MaxRetryDelay", "00:10:00")]);
        await BugTrackerFixture.ReportAsync(administrator, "It breaks");
        await AdminPage.UntilAsync(administrator, "azure-boards", "failing");

        await host!.RestartAsync(("AzureBoards:BaseUrl", boards.BaseUrl.ToString()));
        administrator = await SignInAgainAsync();

        (await AdminPage.RowAsync(administrator, "azure-boards")).Should().NotContain("failing");
    }

    private async Task StartAsync(params (string Key, string? Value)[] settings)
    {
        host = await JarvisHost.StartAsync(settings);
        administrator = await JarvisClient.RegisterAsync(host);
    }

    private async Task<JarvisClient> SignInAgainAsync()
    {
        var username = administrator.Username;
        administrator.Dispose();

        return await JarvisClient.SignInAsync(host!, username);
    }

    // Returns the row after the failure has reached Redis.
    private async Task<string> WaitForSharedFailureAsync()
    {
        await AdminPage.UntilAsync(administrator, "openai", "failing");
        var redis = (StackExchange.Redis.IConnectionMultiplexer)host!.Services.GetService(typeof(StackExchange.Redis.IConnectionMultiplexer))!;
        await JarvisClient.UntilAsync(() => redis.GetDatabase().HashExistsAsync("jarvis:outside", "openai"), shared => shared);

        return await AdminPage.RowAsync(administrator, "openai");
    }

    private static string SinceIn(string row) => System.Text.RegularExpressions.Regex.Match(row, "failing since <time datetime=\"([^\"]+)\"").Groups[1].Value;

    private static (string Key, string? Value) Nullable((string Key, string Value) setting) => setting;
}
