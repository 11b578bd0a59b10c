using Jarvis.Infrastructure.Embeddings;
using Jarvis.Testing.Services;
using Microsoft.Extensions.Time.Testing;

namespace Jarvis.Infrastructure.Tests.Embeddings;

public sealed class QueryEmbedderTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(150);
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);
    private readonly FakeTimeProvider clock = new();
    private readonly ScriptedEmbedder server = new();
    private readonly QueryEmbedder queries;

    public QueryEmbedderTests() => queries = new QueryEmbedder(server, clock);

    [Fact]
    public async Task What_is_asked_again_is_not_embedded_again()
    {
        var first = AskAsync("parrot");
        await server.AnswerNextAsync();
        await first;

        var again = await AskAsync("  parrot ");

        again.Should().BeSameAs(await first).And.NotBeNull();
        server.Asked.Should().Equal("parrot");
    }

    [Fact]
    public async Task After_150_ms_the_search_goes_on_without_it_and_the_late_answer_serves_the_next()
    {
        var first = AskAsync("parrot");
        await server.AskedAsync(1);
        clock.Advance(Limit);
        (await first).Should().BeNull();

        await server.AnswerNextAsync();

        await Eventually.IsTrueAsync(async () => await AskAsync("parrot") is not null, "the late answer");
        server.Asked.Should().Equal("parrot");
    }

    [Fact]
    public async Task While_a_call_is_overdue_nobody_waits_and_few_ask()
    {
        var first = AskAsync("0");
        await server.AskedAsync(1);
        clock.Advance(Limit);
        await first;

        // Their clock stands still: whoever waited would wait for ever.
        for (var i = 1; i < 10; i++)
        {
            (await AskAsync($"{i}")).Should().BeNull();
        }

        await server.AskedAsync(4);
        server.Asked.Should().HaveCount(4);
    }

    [Fact]
    public async Task After_a_failure_nobody_asks_for_some_seconds()
    {
        var failing = AskAsync("parrot");
        await server.FailNextAsync(EmbeddingFault.Away);
        (await failing).Should().BeNull();

        (await AskAsync("parrot")).Should().BeNull();
        (await AskAsync("cello")).Should().BeNull();
        server.Asked.Should().HaveCount(1);

        clock.Advance(TimeSpan.FromSeconds(5));
        var back = AskAsync("parrot");
        await server.AnswerNextAsync();
        (await back).Should().NotBeNull();
    }

    [Fact]
    public async Task A_text_that_is_refused_keeps_no_other_from_being_asked()
    {
        var refused = AskAsync("parrot");
        await server.FailNextAsync(EmbeddingFault.TextsRefused);
        (await refused).Should().BeNull();

        var other = AskAsync("cello");
        await server.AnswerNextAsync();

        (await other).Should().NotBeNull();
    }

    [Fact]
    public async Task Two_who_ask_the_same_at_once_share_one_call()
    {
        var first = AskAsync("parrot");
        var second = AskAsync("parrot");
        await server.AnswerNextAsync();

        (await first).Should().BeSameAs(await second).And.NotBeNull();
        server.Asked.Should().HaveCount(1);
    }

    [Fact]
    public async Task Only_the_last_few_hundred_are_remembered()
    {
        for (var i = 0; i <= 256; i++)
        {
            var asking = AskAsync($"{i}");
            await server.AnswerNextAsync();
            await asking;
        }

        await AskAsync("256");
        server.Asked.Should().HaveCount(257);
        _ = AskAsync("0");
        await server.AskedAsync(258);
    }

    [Fact]
    public async Task Without_a_server_nothing_is_asked()
    {
        server.IsConfigured = false;

        (await AskAsync("parrot")).Should().BeNull();

        server.Asked.Should().BeEmpty();
    }

    // What would otherwise wait for ever where the code is broken.
    private Task<QueryVector?> AskAsync(string text) => queries.EmbedQueryAsync(text, CancellationToken.None).WaitAsync(Deadline);
}
