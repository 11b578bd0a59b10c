using Jarvis.Application.Conversations;
using Jarvis.Application.Memories;
using Jarvis.Domain.Common;
using Jarvis.Infrastructure.Ai.ChatModels.Scheduling;
using Jarvis.Infrastructure.Ai.Extraction.Rules;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Jarvis.Infrastructure.Ai.Extraction.Llm;

/// <summary>
/// Has the local model take notes, batch by batch, and believes none of them unseen. It waits for answers in the chat, and
/// gives way to them.
/// </summary>
internal sealed partial class LlmMemoryExtractor(
    ExtractionClient client,
    ILocalModelScheduler gate,
    TokenCounter tokens,
    TimeProvider clock,
    IOptions<MemoryExtractionOptions> options,
    ILogger<LlmMemoryExtractor> logger) : IMemoryExtractor
{
    public const string Id = "llm";

    /// <summary>Vocabularies differ, by less than this; a server that counted fewer tokens dropped the start of what was sent.</summary>
    private const double MinSentTokenShare = 0.7;

    public string Name => Id;

    public async Task<Result<ExtractionResult>> ExtractAsync(ExtractionInput input, CancellationToken cancellationToken)
    {
        var summary = input.Summary;
        var candidates = new List<MemoryCandidate>();
        foreach (var batch in ExtractionBatch.Create(input))
        {
            var read = await ExtractWithGateAsync(batch, summary, cancellationToken);
            if (read.Error is { } error)
            {
                return error;
            }

            summary = read.Value.Summary;
            candidates.AddRange(KeepGrounded(read.Value.Candidates, batch));
        }

        return new ExtractionResult(summary, candidates);
    }

    private async Task<Result<ExtractionResult>> ExtractWithGateAsync(ExtractionBatch batch, string summary, CancellationToken cancellationToken)
    {
        using var slot = await gate.EnterExtractionAsync(cancellationToken);
        using var timeout = new CancellationTokenSource(options.Value.LlmTimeout, clock);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, slot.Preempted, timeout.Token);
        try
        {
            return await CompleteWithRepairAsync(batch, summary, ending.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return slot.Preempted.IsCancellationRequested ? ExtractionErrors.Preempted : ExtractionErrors.TimedOut(options.Value.LlmTimeout);
        }
    }

    private async Task<Result<ExtractionResult>> CompleteWithRepairAsync(ExtractionBatch batch, string summary, CancellationToken cancellationToken)
    {
        var messages = ExtractionPrompt.Create(batch, summary);
        var answered = await CompleteAsync(messages, cancellationToken);
        if (answered.Error is { } error)
        {
            return error;
        }

        var reading = ExtractionParser.Parse(answered.Value.Text, batch);
        if (reading.Problem is { } problem)
        {
            LogRepair(problem);
            var repaired = await CompleteAsync(ExtractionPrompt.Repair(messages, answered.Value.Text, problem), cancellationToken);
            if (repaired.Error is { } again)
            {
                return again;
            }

            reading = ExtractionParser.Parse(repaired.Value.Text, batch);
        }

        return reading.Extraction is { } extraction ? extraction : ExtractionErrors.Invalid(reading.Problem!);
    }

    private async Task<Result<ExtractionCompletion>> CompleteAsync(IReadOnlyList<ExtractionMessage> messages, CancellationToken cancellationToken)
    {
        var answered = await client.CompleteAsync(messages, cancellationToken);
        if (answered.Error is not null)
        {
            return answered;
        }

        var sent = messages.Sum(message => tokens.Count(message.Content));
        var isCut = answered.Value.IsCutOff || (answered.Value.PromptTokens is > 0 and var counted && counted < MinSentTokenShare * sent);

        return isCut ? ExtractionErrors.Truncated : answered;
    }

    private List<MemoryCandidate> KeepGrounded(IReadOnlyList<MemoryCandidate> candidates, ExtractionBatch batch)
    {
        var grounded = candidates
            .Where(candidate => batch.Turns.Any(turn => turn.Id == candidate.Turn && GroundingCheck.IsGrounded(candidate, turn.Said)))
            .Select(candidate => WithValidEnd(candidate, batch))
            .ToList();
        LogRead(batch.Turns.Count, grounded.Count, candidates.Count - grounded.Count);

        return grounded;
    }

    // What ends must be of the same kind, and answer the same question where both are known to answer one.
    private static MemoryCandidate WithValidEnd(MemoryCandidate candidate, ExtractionBatch batch)
    {
        var ended = batch.Known.FirstOrDefault(memory => memory.Id == candidate.Supersedes);
        if (ended is null)
        {
            return candidate;
        }

        var (before, after) = (StatementReader.ToAttribute(ended.Content), StatementReader.ToAttribute(candidate.Content));
        var credible = ended.Kind == candidate.Kind && (before is null || after is null || before.IsSameAttributeAs(after));

        return credible ? candidate : candidate with { Supersedes = null };
    }

    [LoggerMessage(LogLevel.Debug, "The local model's response is invalid; asking again: {Problem}")]
    private partial void LogRepair(string problem);

    [LoggerMessage(LogLevel.Debug, "Read {Turns} turns: {Kept} notes kept, {Dropped} dropped because the user didn't say them")]
    private partial void LogRead(int turns, int kept, int dropped);
}
