namespace Jarvis.Infrastructure.Ai.ChatModels.Scheduling;

/// <summary>Gives back once, however often it is disposed.</summary>
internal sealed class DisposableAction(Action leave) : IDisposable
{
    private Action? leave = leave;

    public void Dispose() => Interlocked.Exchange(ref leave, null)?.Invoke();
}
