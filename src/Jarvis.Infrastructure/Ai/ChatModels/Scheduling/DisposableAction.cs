namespace Jarvis.Infrastructure.Ai.ChatModels.Scheduling;

/// <summary>Runs an action on the first disposal only.</summary>
internal sealed class DisposableAction(Action release) : IDisposable
{
    private Action? release = release;

    public void Dispose() => Interlocked.Exchange(ref release, null)?.Invoke();
}
