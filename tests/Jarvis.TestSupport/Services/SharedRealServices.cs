namespace Jarvis.TestSupport.Services;

/// <summary>Assembly fixture that stops the <see cref="SharedHosts"/> and then <see cref="RealServices.Shared"/> at the end of the run.</summary>
public sealed class SharedRealServices : IAsyncDisposable
{
    public async ValueTask DisposeAsync()
    {
        await SharedHosts.StopAllAsync();
        await RealServices.Shared.DisposeAsync();
    }
}
