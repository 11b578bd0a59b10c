using Jarvis.Infrastructure.Ai.Embeddings;
using Jarvis.Infrastructure.Persistence.Search;
using Microsoft.Extensions.Time.Testing;

namespace Jarvis.Infrastructure.Tests.Ai.Embeddings;

public sealed class QueryEmbedderTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(150);
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);
    private readonly FakeTimeProvider clock = new();
    private readonly ScriptedEmbedder server = new();
    private readonly QueryEmbedder queries;

    public QueryEmbedderTests() => queries = new QueryEmbedder(server, clock);

    [Fact]
    public async Task Repeated_query_is_served_from_the_cache()
    {
        var first = AskAsync("parrot");
        await server.AnswerNextAsync();
        await first;

        var repeated = await AskAsync("  parrot ");

        repeated.Should().BeSameAs(await first).And.NotBeNull();
        server.Asked.Should().Equal("parrot");
    }

    [Fact]
    public async Task Query_times_out_after_150_ms_and_late_vector_serves_the_next_one()
    {
        var first = AskAsync("parrot");
        await server.WaitForCallsAsync(1);
        clock.Advance(Limit);
        (await first).Should().BeNull();

        await server.AnswerNextAsync();

        await Eventually.IsTrueAsync(async () => await AskAsync("parrot") is not null, "the late result fills the cache");
        server.Asked.Should().Equal("parrot");
    }

    [Fact]
    public async Task Queries_do_not_wait_and_few_calls_start_while_one_is_overdue()
    {
        var first = AskAsync("0");
        await server.WaitForCallsAsync(1);
        clock.Advance(Limit);
        await first;

        // The clock does not advance, so a caller that waited would never return.
        for (var i = 1; i < 10; i++)
        {
            (await AskAsync($"{i}")).Should().BeNull();
        }

        await server.WaitForCallsAsync(4);
        server.Asked.Should().HaveCount(4);
    }

    [Fact]
    public async Task Failure_pauses_calls_for_five_seconds()
    {
        var failing = AskAsync("parrot");
        await server.FailNextAsync(EmbeddingFault.Unavailable);
        (await failing).Should().BeNull();

        (await AskAsync("parrot")).Should().BeNull();
        (await AskAsync("cello")).Should().BeNull();
        server.Asked.Should().HaveCount(1);

        clock.Advance(TimeSpan.FromSeconds(5));
        var recovered = AskAsync("parrot");
        await server.AnswerNextAsync();
        (await recovered).Should().NotBeNull();
    }

    [Fact]
    public async Task Rejected_text_does_not_pause_other_queries()
    {
        var refused = AskAsync("parrot");
        await server.FailNextAsync(EmbeddingFault.TextsRejected);
        (await refused).Should().BeNull();

        var other = AskAsync("cello");
        await server.AnswerNextAsync();

        (await other).Should().NotBeNull();
    }

    [Fact]
    public async Task Concurrent_identical_queries_share_one_call()
    {
        var first = AskAsync("parrot");
        var second = AskAsync("parrot");
        await server.AnswerNextAsync();

        (await first).Should().BeSameAs(await second).And.NotBeNull();
        server.Asked.Should().HaveCount(1);
    }

    [Fact]
    public async Task Cache_keeps_the_last_256_queries()
    {
        for (var i = 0; i <= 256; i++)
        {
            var query = AskAsync($"{i}");
            await server.AnswerNextAsync();
            await query;
        }

        await AskAsync("256");
        server.Asked.Should().HaveCount(257);
        _ = AskAsync("0");
        await server.WaitForCallsAsync(258);
    }

    [Fact]
    public async Task Query_is_not_embedded_without_a_configured_server()
    {
        server.IsConfigured = false;

        (await AskAsync("parrot")).Should().BeNull();

        server.Asked.Should().BeEmpty();
    }

    // Limits a wait that would never end if the code were wrong.
    private Task<QueryVector?> AskAsync(string text) => queries.EmbedQueryAsync(text, CancellationToken.None).WaitAsync(Deadline);
}
