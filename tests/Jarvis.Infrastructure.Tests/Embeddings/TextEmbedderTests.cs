using System.Numerics.Tensors;
using Jarvis.Infrastructure.Embeddings;
using Jarvis.Infrastructure.Outside;
using Jarvis.Testing;
using Jarvis.Testing.StandIns;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Jarvis.Infrastructure.Tests.Embeddings;

public sealed class TextEmbedderTests
{
    [Fact]
    public async Task Each_text_gets_a_vector_of_length_one_and_what_is_alike_is_near()
    {
        await using var under = await EmbedderUnderTest.StartAsync();

        var answer = await under.EmbedAsync("My parrot is called Kiki", "My parrot Kiki talks", "Taxes are due in April");

        var vectors = answer.Vectors.Select(vector => vector.Values).ToList();
        vectors.Should().OnlyContain(vector => Math.Abs(TensorPrimitives.Norm<float>(vector) - 1) < 1e-5);
        TensorPrimitives.Dot<float>(vectors[0], vectors[1]).Should().BeGreaterThan(TensorPrimitives.Dot<float>(vectors[0], vectors[2]) + 0.2f);
        answer.Vectors.Should().OnlyContain(vector => vector.Model == "stand-in/384");
    }

    [Fact]
    public async Task Dimensions_and_key_are_sent_where_they_are_set()
    {
        await using var under = await EmbedderUnderTest.StartAsync(clock: null, ("Memory:Embeddings:Dimensions", "64"), ("Memory:Embeddings:ApiKey", Secrets.EmbeddingsKey));
        under.Server.ApiKey = Secrets.EmbeddingsKey;

        var answer = await under.EmbedAsync("My parrot is called Kiki");

        answer.Vectors.Single().Model.Should().Be("stand-in/64");
        under.Server.Embeddings.Single().Member("dimensions").GetInt32().Should().Be(64);
    }

    [Fact]
    public async Task A_long_text_is_cut_between_characters()
    {
        await using var under = await EmbedderUnderTest.StartAsync();

        await under.EmbedAsync("a" + string.Concat(Enumerable.Repeat("🦜", ITextEmbedder.MaxLength)));

        var sent = under.Server.Embeddings.Single().Inputs.Single();
        sent.Should().HaveLength(ITextEmbedder.MaxLength - 1).And.EndWith("🦜");
    }

    [Fact]
    public async Task Answers_in_another_order_go_to_the_texts_that_they_are_for()
    {
        await using var under = await EmbedderUnderTest.StartAsync();
        Answer(under, """{"data": [{"index": 1, "embedding": [0, 2]}, {"index": 0, "embedding": [3, 0]}]}""");

        var answer = await under.EmbedAsync("first", "second");

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
    public async Task What_is_no_vector_for_each_text_is_refused_as_a_whole(string body)
    {
        await using var under = await EmbedderUnderTest.StartAsync();
        Answer(under, body);

        var answer = await under.EmbedAsync("first", "second");

        answer.Failure!.Fault.Should().Be(EmbeddingFault.BadAnswer);
        answer.Vectors.Should().BeEmpty();
    }

    [Fact]
    public async Task An_answer_of_other_dimensions_than_were_set_is_refused()
    {
        await using var under = await EmbedderUnderTest.StartAsync(clock: null, ("Memory:Embeddings:Dimensions", "3"));
        Answer(under, """{"data": [{"index": 0, "embedding": [1, 0]}]}""");

        (await under.EmbedAsync("first")).Failure!.Fault.Should().Be(EmbeddingFault.BadAnswer);
    }

    [Theory]
    [InlineData(401, EmbeddingFault.Away)]
    [InlineData(404, EmbeddingFault.Away)]
    [InlineData(429, EmbeddingFault.Away)]
    [InlineData(500, EmbeddingFault.Away)]
    [InlineData(302, EmbeddingFault.Away)]
    [InlineData(400, EmbeddingFault.TextsRefused)]
    [InlineData(413, EmbeddingFault.TextsRefused)]
    public async Task A_refusal_says_whether_it_is_about_the_texts(int status, object fault)
    {
        await using var under = await EmbedderUnderTest.StartAsync();
        under.Server.Misbehave(OpenAiFault.WithStatus(status), request => request.IsEmbedding);

        var answer = await under.EmbedAsync("first");

        answer.Failure!.Fault.Should().Be((EmbeddingFault)fault);
        answer.Failure.Reason.Should().Be($"it answered {status}");
    }

    [Fact]
    public async Task An_answer_that_breaks_off_is_no_answer()
    {
        await using var under = await EmbedderUnderTest.StartAsync();
        under.Server.Misbehave(OpenAiFault.CutAfter(0), request => request.IsEmbedding);

        (await under.EmbedAsync("first")).Failure!.Fault.Should().Be(EmbeddingFault.Away);
    }

    [Fact]
    public async Task An_answer_that_is_too_large_is_not_read_to_its_end()
    {
        await using var under = await EmbedderUnderTest.StartAsync();
        Answer(under, new string(' ', TextEmbedder.MaxResponseBytes + 1));

        (await under.EmbedAsync("first")).Failure!.Fault.Should().Be(EmbeddingFault.BadAnswer);
    }

    [Fact]
    public async Task A_server_that_says_nothing_is_given_up_after_a_minute()
    {
        var clock = new FakeTimeProvider();
        await using var under = await EmbedderUnderTest.StartAsync(clock);
        under.Server.Misbehave(OpenAiFault.Silence, request => request.IsEmbedding);

        var asking = under.EmbedAsync("first");
        await under.Server.WaitForAsync(when: request => request.IsEmbedding);
        clock.Advance(TimeSpan.FromMinutes(1));

        (await asking).Failure!.Should().Be(new EmbeddingFailure(EmbeddingFault.Away, "no answer in time", OutsideFaults.Silent));
    }

    [Fact]
    public async Task That_the_server_is_away_is_said_once_and_that_it_is_back_once_and_neither_with_what_was_said_nor_the_key()
    {
        await using var under = await EmbedderUnderTest.StartAsync(clock: null, ("Memory:Embeddings:ApiKey", Secrets.EmbeddingsKey));
        under.Server.Misbehave(OpenAiFault.ServerError, request => request.IsEmbedding);
        await under.EmbedAsync("My parrot is called Kiki");
        await under.EmbedAsync("My parrot is called Kiki");

        under.Server.Behave();
        await under.EmbedAsync("My parrot is called Kiki");
        await under.EmbedAsync("My parrot is called Kiki");

        under.Log.Entries.Select(entry => entry.Level).Should().Equal(LogLevel.Warning, LogLevel.Information);
        under.Log.Entries.Should().OnlyContain(entry => !entry.Text.Contains("Kiki") && !entry.Text.Contains(Secrets.EmbeddingsKey));
    }

    private static void Answer(EmbedderUnderTest under, string body) =>
        under.Server.Misbehave(new OpenAiFault { Body = ("application/json", body) }, request => request.IsEmbedding);
}
