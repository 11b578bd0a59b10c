using Jarvis.Application.Memories;
using Jarvis.Domain.Common;
using Jarvis.Infrastructure.Ai.Extraction.Llm;

namespace Jarvis.Infrastructure.Tests.Ai.Extraction;

public sealed class LlmExtractorFaultTests : LlmExtractorTestBase
{
    [Fact]
    public async Task Invalid_answer_is_repaired_once()
    {
        standIn.Extraction = request => request.Messages.Count == 2 ? """{"summary": "x"}""" : Notes(Note("I live in Bern"));

        var extraction = await extractors.Llm.ExtractAsync(ExtractionInputs.Input("I live in Bern."), CancellationToken.None);

        extraction.Value.Candidates.Should().ContainSingle();
        standIn.Extractions.Should().HaveCount(2);
        standIn.Extractions[1].Prompt.Should().Contain("memories is missing");
    }

    public static TheoryData<string> BadAnswers =>
    [
        "I am sorry, I cannot do that.",
        "",
        $"<think>{Notes(Note("I live in Bern"))}"[..40],
        $"```json\n{Notes(Note("I live in Bern"))[..^12]}",
        "{\"summary\": \"x\", \"memories\": [",
        "[]",
        """{"summary": null, "memories": []}""",
        """{"memories": []}""",
        $$"""{"summary": "{{new string('x', 8_001)}}", "memories": []}""",
        """{"summary": "x", "memories": [null]}""",
        """{"summary": "x\u0000", "memories": []}""",
        """{"summary": "x\ud800", "memories": []}""",
        Notes(Note("I live in Bern"), Note("I live in Bern", kind: "secret")),
        Notes(Note("I live in Bern", kind: "1")),
        Notes(Note("I live in Bern"), Note("  ")),
        Notes(Note(new string('x', 1_001))),
        Notes(Note("I live in Bern", salience: 1.5)),
        Notes(Note("I live in Bern", turn: 2)),
        Notes(Note("I live in Bern", turn: 0)),
        Notes(Note("I live in Bern", supersedes: 2)),
        Notes([.. Enumerable.Repeat(Note("I live in Bern"), 31)]),
    ];

    [Theory]
    [MemberData(nameof(BadAnswers))]
    public async Task Invalid_answer_is_rejected_after_one_repair(string answer)
    {
        standIn.Extraction = _ => answer;

        var extraction = await extractors.Llm.ExtractAsync(ExtractionInputs.Input("I live in Bern.").WithKnown(ExtractionInputs.Known("I live in Basel")), CancellationToken.None);

        extraction.Error.Should().BeEquivalentTo(new { Kind = ErrorKind.UpstreamFailed, Code = "memory.bad_extraction" });
        standIn.Extractions.Should().HaveCount(2, "the extractor repairs once");
    }

    [Fact]
    public async Task Truncated_answer_is_rejected()
    {
        standIn.Extraction = _ => Nothing;
        standIn.AddFault(OpenAiFault.Finishing("length"));

        var extraction = await extractors.Llm.ExtractAsync(ExtractionInputs.Input("I live in Bern."), CancellationToken.None);

        extraction.Error!.Code.Should().Be("memory.truncated");
    }

    [Fact]
    public async Task Extraction_fails_when_the_server_truncates_the_prompt()
    {
        standIn.Extraction = _ => Nothing;
        standIn.AddFault(OpenAiFault.None with { PromptTokens = 100 });

        var extraction = await extractors.Llm.ExtractAsync(ExtractionInputs.Input("I live in Bern."), CancellationToken.None);

        extraction.Error!.Code.Should().Be("memory.truncated");
    }

    [Theory]
    [InlineData(401)]
    [InlineData(404)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(503)]
    public async Task Error_status_makes_the_model_unavailable(int status)
    {
        standIn.AddFault(OpenAiFault.WithStatus(status));

        var extraction = await extractors.Llm.ExtractAsync(ExtractionInputs.Input("I live in Bern."), CancellationToken.None);

        extraction.Error.Should().BeEquivalentTo(new { Kind = ErrorKind.Unavailable, Code = "memory.model_unavailable" });
    }

    [Fact]
    public async Task Unreachable_server_makes_the_model_unavailable()
    {
        using var closed = new ClosedPort();
        await using var unreachable = new ExtractorFixture(closed.BaseUrl);

        var extraction = await unreachable.Llm.ExtractAsync(ExtractionInputs.Input("I live in Bern."), CancellationToken.None);

        extraction.Error.Should().BeEquivalentTo(new { Kind = ErrorKind.Unavailable, Code = "memory.model_unavailable" });
    }

    [Fact]
    public async Task Dropped_connection_makes_the_model_unavailable()
    {
        standIn.AddFault(OpenAiFault.CutAfter(3));

        var extraction = await extractors.Llm.ExtractAsync(ExtractionInputs.Input("I live in Bern."), CancellationToken.None);

        extraction.Error!.Code.Should().Be("memory.model_unavailable");
    }

    [Fact]
    public async Task Garbage_or_HTML_response_is_a_bad_extraction()
    {
        foreach (var fault in new[] { OpenAiFault.Garbage, OpenAiFault.HtmlPage, OpenAiFault.None with { Body = ("application/json", "{\"choices\": []}") } })
        {
            standIn.ClearFaults();
            standIn.AddFault(fault);

            var extraction = await extractors.Llm.ExtractAsync(ExtractionInputs.Input("I live in Bern."), CancellationToken.None);

            extraction.Error!.Code.Should().Be("memory.bad_extraction");
        }
    }

    [Fact]
    public async Task Oversized_extraction_response_is_rejected()
    {
        standIn.AddFault(OpenAiFault.None with { Body = ("application/json", new string(' ', 300 * 1024)) });

        var extraction = await extractors.Llm.ExtractAsync(ExtractionInputs.Input("I live in Bern."), CancellationToken.None);

        extraction.Error.Should().Be(ExtractionErrors.TooLong);
    }

    [Fact]
    public async Task Server_without_JSON_schema_support_is_called_without_schema()
    {
        standIn.AddFault(OpenAiFault.WithStatus(400), request => request.IsExtraction);
        standIn.Answer = _ => Notes(Note("I live in Bern"));

        var extraction = await extractors.Llm.ExtractAsync(ExtractionInputs.Input("I live in Bern."), CancellationToken.None);

        extraction.Value.Candidates.Should().ContainSingle();
    }

    [Fact]
    public async Task Extraction_is_preempted_by_an_answer()
    {
        standIn.AddFault(OpenAiFault.Silence);
        var call = extractors.Llm.ExtractAsync(ExtractionInputs.Input("I live in Bern."), CancellationToken.None);
        var request = await standIn.WaitForAsync(when: it => it.IsExtraction);

        using var answer = extractors.Scheduler.EnterChat();

        (await call).Error.Should().BeEquivalentTo(new { Kind = ErrorKind.Unavailable, Code = "memory.preempted" });
        (await request.Ended).Should().BeTrue("the request is aborted");
    }

    [Fact]
    public async Task Extraction_waits_for_a_running_answer()
    {
        standIn.Extraction = _ => Nothing;
        var answer = extractors.Scheduler.EnterChat();

        var call = extractors.Llm.ExtractAsync(ExtractionInputs.Input("I live in Bern."), CancellationToken.None);
        standIn.Requests.Should().BeEmpty();
        answer.Dispose();

        (await call).Error.Should().BeNull();
    }

    [Fact]
    public async Task Unresponsive_model_times_out()
    {
        await using var shortTimeout = new ExtractorFixture(standIn.BaseUrl, ("Memory:LlmTimeout", "00:00:01"));
        standIn.AddFault(OpenAiFault.Silence);

        var extraction = await shortTimeout.Llm.ExtractAsync(ExtractionInputs.Input("I live in Bern."), CancellationToken.None);

        extraction.Error.Should().BeEquivalentTo(new { Kind = ErrorKind.UpstreamFailed, Code = "memory.model_timeout" });
    }

    [Fact]
    public async Task Cancellation_ends_the_model_call()
    {
        standIn.AddFault(OpenAiFault.Silence);
        using var stopping = new CancellationTokenSource();
        var call = extractors.Llm.ExtractAsync(ExtractionInputs.Input("I live in Bern."), stopping.Token);
        await standIn.WaitForAsync(when: it => it.IsExtraction);

        await stopping.CancelAsync();

        await call.Invoking(task => task).Should().ThrowAsync<OperationCanceledException>();
    }
}
