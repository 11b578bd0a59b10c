namespace Jarvis.Infrastructure.Ai.ChatModels.Scheduling;

/// <summary>
/// Chat goes first on the local model: while an answer is being written no extraction starts, and one that runs is asked to
/// give way, for a local server mostly answers one at a time. Extractions share as many slots as are configured.
/// </summary>
internal interface ILocalModelScheduler
{
    /// <summary>Returns at once; the answer holds the model until it disposes what it got.</summary>
    IDisposable EnterChat();

    /// <summary>Waits until no answer is being written and a slot is free.</summary>
    Task<ExtractionSlot> EnterExtractionAsync(CancellationToken cancellationToken);
}

/// <param name="preempted">Cancelled when an answer needs the model: end the call and give the job back.</param>
internal sealed class ExtractionSlot(Action leave, CancellationToken preempted) : IDisposable
{
    private readonly DisposableAction release = new(leave);

    public CancellationToken Preempted { get; } = preempted;

    public void Dispose() => release.Dispose();
}
