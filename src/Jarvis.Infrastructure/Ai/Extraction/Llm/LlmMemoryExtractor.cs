using Jarvis.Application.Conversations;
using Jarvis.Application.Memories;
using Jarvis.Domain.Common;
using Jarvis.Infrastructure.Ai.ChatModels.Scheduling;
using Jarvis.Infrastructure.Ai.Extraction.Rules;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Jarvis.Infrastructure.Ai.Extraction.Llm;

/// <summary>
/// Extracts memories with the local model, batch by batch, and verifies every note. Extraction waits for chat answers, and they preempt
/// it.
/// </summary>
internal sealed partial class LlmMemoryExtractor(
    ExtractionClient client,
    ILocalModelScheduler scheduler,
    TokenCounter tokens,
    TimeProvider clock,
    IOptions<MemoryExtractionOptions> options,
    ILogger<LlmMemoryExtractor> logger) : IMemoryExtractor
{
    public const string Id = "llm";

    /// <summary>
    /// Minimum ratio of counted to sent tokens. Vocabularies differ by less; a server that counted fewer truncated the start of the
    /// prompt.
    /// </summary>
    private const double MinSentTokenShare = 0.7;

    public string Name => Id;

    public async Task<Result<ExtractionResult>> ExtractAsync(ExtractionInput input, CancellationToken cancellationToken)
    {
        var summary = input.Summary;
        var candidates = new List<MemoryCandidate>();
        foreach (var batch in ExtractionBatch.Create(input))
        {
            var result = await ExtractBatchAsync(batch, summary, cancellationToken);
            if (result.Error is { } error)
            {
                return error;
            }

            summary = result.Value.Summary;
            candidates.AddRange(KeepGrounded(result.Value.Candidates, batch));
        }

        return new ExtractionResult(summary, candidates);
    }

    private async Task<Result<ExtractionResult>> ExtractBatchAsync(ExtractionBatch batch, string summary, CancellationToken cancellationToken)
    {
        using var slot = await scheduler.EnterExtractionAsync(cancellationToken);
        using var timeout = new CancellationTokenSource(options.Value.LlmTimeout, clock);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, slot.Preempted, timeout.Token);
        try
        {
            return await CompleteWithRepairAsync(batch, summary, linked.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return slot.Preempted.IsCancellationRequested ? ExtractionErrors.Preempted : ExtractionErrors.TimedOut(options.Value.LlmTimeout);
        }
    }

    private async Task<Result<ExtractionResult>> CompleteWithRepairAsync(ExtractionBatch batch, string summary, CancellationToken cancellationToken)
    {
        var messages = ExtractionPrompt.Create(batch, summary);
        var completion = await CompleteAsync(messages, cancellationToken);
        if (completion.Error is { } error)
        {
            return error;
        }

        var parsed = ExtractionParser.Parse(completion.Value.Text, batch);
        if (parsed.Problem is { } problem)
        {
            LogRepair(problem);
            var repaired = await CompleteAsync(ExtractionPrompt.Repair(messages, completion.Value.Text, problem), cancellationToken);
            if (repaired.Error is { } repairError)
            {
                return repairError;
            }

            parsed = ExtractionParser.Parse(repaired.Value.Text, batch);
        }

        return parsed.Extraction is { } extraction ? extraction : ExtractionErrors.Invalid(parsed.Problem!);
    }

    private async Task<Result<ExtractionCompletion>> CompleteAsync(IReadOnlyList<ExtractionMessage> messages, CancellationToken cancellationToken)
    {
        var completion = await client.CompleteAsync(messages, cancellationToken);
        if (completion.Error is not null)
        {
            return completion;
        }

        var sent = messages.Sum(message => tokens.Count(message.Content));
        var isCut = completion.Value.IsCutOff || (completion.Value.PromptTokens is > 0 and var counted && counted < MinSentTokenShare * sent);

        return isCut ? ExtractionErrors.Truncated : completion;
    }

    private List<MemoryCandidate> KeepGrounded(IReadOnlyList<MemoryCandidate> candidates, ExtractionBatch batch)
    {
        var grounded = candidates
            .Where(candidate => batch.Turns.Any(turn => turn.Id == candidate.Turn && GroundingCheck.IsGrounded(candidate, turn.UserText)))
            .Select(candidate => WithValidSupersedes(candidate, batch))
            .ToList();
        LogRead(batch.Turns.Count, grounded.Count, candidates.Count - grounded.Count);

        return grounded;
    }

    // A memory may supersede only one of the same kind and, if both have a known attribute, of the same attribute.
    private static MemoryCandidate WithValidSupersedes(MemoryCandidate candidate, ExtractionBatch batch)
    {
        var superseded = batch.Known.FirstOrDefault(memory => memory.Id == candidate.Supersedes);
        if (superseded is null)
        {
            return candidate;
        }

        var (before, after) = (StatementReader.ToAttribute(superseded.Content), StatementReader.ToAttribute(candidate.Content));
        var credible = superseded.Kind == candidate.Kind && (before is null || after is null || before.IsSameAttributeAs(after));

        return credible ? candidate : candidate with { Supersedes = null };
    }

    [LoggerMessage(LogLevel.Debug, "The local model's response is invalid; asking again: {Problem}")]
    private partial void LogRepair(string problem);

    [LoggerMessage(LogLevel.Debug, "Read {Turns} turns: {Grounded} notes kept, {Dropped} dropped because the user didn't say them")]
    private partial void LogRead(int turns, int grounded, int dropped);
}
