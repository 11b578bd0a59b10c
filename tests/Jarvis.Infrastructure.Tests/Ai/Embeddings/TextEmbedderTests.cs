using System.Numerics.Tensors;
using Jarvis.Infrastructure.Ai.Embeddings;
using Jarvis.Infrastructure.Integrations.ExternalServices;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Jarvis.Infrastructure.Tests.Ai.Embeddings;

public sealed class TextEmbedderTests
{
    [Fact]
    public async Task Texts_get_unit_vectors_and_similar_texts_are_close()
    {
        await using var embedder = await EmbedderFixture.StartAsync();

        var answer = await embedder.EmbedAsync("My parrot is called Kiki", "My parrot Kiki talks", "Taxes are due in April");

        var vectors = answer.Vectors.Select(vector => vector.Values).ToList();
        vectors.Should().OnlyContain(vector => Math.Abs(TensorPrimitives.Norm<float>(vector) - 1) < 1e-5);
        TensorPrimitives.Dot<float>(vectors[0], vectors[1]).Should().BeGreaterThan(TensorPrimitives.Dot<float>(vectors[0], vectors[2]) + 0.2f);
        answer.Vectors.Should().OnlyContain(vector => vector.Model == "stand-in/384");
    }

    [Fact]
    public async Task Configured_dimensions_and_key_are_sent()
    {
        await using var embedder = await EmbedderFixture.StartAsync(clock: null, ("Memory:Embeddings:Dimensions", "64"), ("Memory:Embeddings:ApiKey", Secrets.EmbeddingsKey));
        embedder.Server.ApiKey = Secrets.EmbeddingsKey;

        var answer = await embedder.EmbedAsync("My parrot is called Kiki");

        answer.Vectors.Single().Model.Should().Be("stand-in/64");
        embedder.Server.Embeddings.Single().Member("dimensions").GetInt32().Should().Be(64);
    }

    [Fact]
    public async Task Long_text_is_cut_between_characters()
    {
        await using var embedder = await EmbedderFixture.StartAsync();

        await embedder.EmbedAsync("a" + string.Concat(Enumerable.Repeat("🦜", ITextEmbedder.MaxLength)));

        var sent = embedder.Server.Embeddings.Single().Inputs.Single();
        sent.Should().HaveLength(ITextEmbedder.MaxLength - 1).And.EndWith("🦜");
    }

    [Fact]
    public async Task Vectors_in_another_order_are_matched_by_index()
    {
        await using var embedder = await EmbedderFixture.StartAsync();
        Answer(embedder, """{"data": [{"index": 1, "embedding": [0, 2]}, {"index": 0, "embedding": [3, 0]}]}""");

        var answer = await embedder.EmbedAsync("first", "second");

        answer.Vectors.Select(vector => vector.Values).Should().BeEquivalentTo(new float[][] { [1, 0], [0, 1] }, options => options.WithStrictOrdering());
    }

    [Theory]
    [InlineData("""{"data": [{"index": 0, "embedding": [1, 0]}]}""")]
    [InlineData("""{"data": [{"index": 0, "embedding": [1, 0]}, {"index": 0, "embedding": [0, 1]}]}""")]
    [InlineData("""{"data": [{"index": 0, "embedding": [1, 0]}, {"index": 7, "embedding": [0, 1]}]}""")]
    [InlineData("""{"data": [{"index": 0, "embedding": [1, 0]}, {"index": 1, "embedding": [0, 1, 0]}]}""")]
    [InlineData("""{"data": [{"index": 0, "embedding": [0, 0]}, {"index": 1, "embedding": [0, 1]}]}""")]
    [InlineData("""{"data": [{"index": 0, "embedding": [1e39, 0]}, {"index": 1, "embedding": [0, 1]}]}""")]
    [InlineData("""{"data": [{"index": 0, "embedding": ["NaN", 0]}, {"index": 1, "embedding": [0, 1]}]}""")]
    [InlineData("""{"data": [{"index": 0, "embedding": [NaN, 0]}, {"index": 1, "embedding": [0, 1]}]}""")]
    [InlineData("""{"data": [{"index": 0, "embedding": []}, {"index": 1, "embedding": []}]}""")]
    [InlineData("""{"data": [null, null]}""")]
    [InlineData("""{"data": {}}""")]
    [InlineData("""{"error": "I am a teapot"}""")]
    [InlineData("[]")]
    [InlineData("<!doctype html><title>Sign in</title>")]
    [InlineData("")]
    public async Task Response_without_a_valid_vector_for_each_text_is_rejected(string body)
    {
        await using var embedder = await EmbedderFixture.StartAsync();
        Answer(embedder, body);

        var answer = await embedder.EmbedAsync("first", "second");

        answer.Failure!.Fault.Should().Be(EmbeddingFault.InvalidResponse);
        answer.Vectors.Should().BeEmpty();
    }

    [Fact]
    public async Task Vector_with_other_dimensions_than_configured_is_rejected()
    {
        await using var embedder = await EmbedderFixture.StartAsync(clock: null, ("Memory:Embeddings:Dimensions", "3"));
        Answer(embedder, """{"data": [{"index": 0, "embedding": [1, 0]}]}""");

        (await embedder.EmbedAsync("first")).Failure!.Fault.Should().Be(EmbeddingFault.InvalidResponse);
    }

    [Theory]
    [InlineData(401, EmbeddingFault.Unavailable)]
    [InlineData(404, EmbeddingFault.Unavailable)]
    [InlineData(429, EmbeddingFault.Unavailable)]
    [InlineData(500, EmbeddingFault.Unavailable)]
    [InlineData(302, EmbeddingFault.Unavailable)]
    [InlineData(400, EmbeddingFault.TextsRejected)]
    [InlineData(413, EmbeddingFault.TextsRejected)]
    public async Task Error_status_distinguishes_rejected_texts_from_outage(int status, object fault)
    {
        await using var embedder = await EmbedderFixture.StartAsync();
        embedder.Server.AddFault(OpenAiFault.WithStatus(status), request => request.IsEmbedding);

        var answer = await embedder.EmbedAsync("first");

        answer.Failure!.Fault.Should().Be((EmbeddingFault)fault);
        answer.Failure.Reason.Should().Be($"HTTP {status}");
    }

    [Fact]
    public async Task Interrupted_response_counts_as_outage()
    {
        await using var embedder = await EmbedderFixture.StartAsync();
        embedder.Server.AddFault(OpenAiFault.CutAfter(0), request => request.IsEmbedding);

        (await embedder.EmbedAsync("first")).Failure!.Fault.Should().Be(EmbeddingFault.Unavailable);
    }

    [Fact]
    public async Task Oversized_embedding_response_is_rejected()
    {
        await using var embedder = await EmbedderFixture.StartAsync();
        Answer(embedder, new string(' ', TextEmbedder.MaxResponseBytes + 1));

        (await embedder.EmbedAsync("first")).Failure!.Fault.Should().Be(EmbeddingFault.InvalidResponse);
    }

    [Fact]
    public async Task Unresponsive_server_times_out_after_one_minute()
    {
        var clock = new FakeTimeProvider();
        await using var embedder = await EmbedderFixture.StartAsync(clock);
        embedder.Server.AddFault(OpenAiFault.Silence, request => request.IsEmbedding);

        var call = embedder.EmbedAsync("first");
        await embedder.Server.WaitForAsync(when: request => request.IsEmbedding);
        clock.Advance(TimeSpan.FromMinutes(1));

        (await call).Failure!.Should().Be(new EmbeddingFailure(EmbeddingFault.Unavailable, "timed out", ServiceFaultMapper.Timeout));
    }

    [Fact]
    public async Task Outage_and_recovery_are_logged_once_without_text_or_key()
    {
        await using var embedder = await EmbedderFixture.StartAsync(clock: null, ("Memory:Embeddings:ApiKey", Secrets.EmbeddingsKey));
        embedder.Server.AddFault(OpenAiFault.ServerError, request => request.IsEmbedding);
        await embedder.EmbedAsync("My parrot is called Kiki");
        await embedder.EmbedAsync("My parrot is called Kiki");

        embedder.Server.ClearFaults();
        await embedder.EmbedAsync("My parrot is called Kiki");
        await embedder.EmbedAsync("My parrot is called Kiki");

        embedder.Log.Entries.Select(entry => entry.Level).Should().Equal(LogLevel.Warning, LogLevel.Information);
        embedder.Log.Entries.Should().OnlyContain(entry => !entry.Text.Contains("Kiki") && !entry.Text.Contains(Secrets.EmbeddingsKey));
    }

    private static void Answer(EmbedderFixture embedder, string body) =>
        embedder.Server.AddFault(new OpenAiFault { Body = ("application/json", body) }, request => request.IsEmbedding);
}
