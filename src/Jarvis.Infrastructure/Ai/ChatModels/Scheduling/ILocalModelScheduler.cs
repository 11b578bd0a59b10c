namespace Jarvis.Infrastructure.Ai.ChatModels.Scheduling;

/// <summary>
/// Gives chat priority on the local model. While an answer is generated, no extraction starts, and a running one is preempted, because
/// most local servers process one request at a time. Extractions share a configured number of slots.
/// </summary>
internal interface ILocalModelScheduler
{
    /// <summary>Returns immediately. The answer reserves the model until it disposes the result.</summary>
    IDisposable EnterChat();

    /// <summary>Waits until no answer is generated and a slot is free.</summary>
    Task<ExtractionSlot> EnterExtractionAsync(CancellationToken cancellationToken);
}

/// <param name="preempted">Token that is cancelled if an answer needs the model. The extraction then ends its call and returns the job.</param>
internal sealed class ExtractionSlot(Action release, CancellationToken preempted) : IDisposable
{
    private readonly DisposableAction lease = new(release);

    public CancellationToken Preempted { get; } = preempted;

    public void Dispose() => lease.Dispose();
}
