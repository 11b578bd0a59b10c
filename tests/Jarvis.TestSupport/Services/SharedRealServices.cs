namespace Jarvis.TestSupport.Services;

/// <summary>For a test assembly that uses <see cref="RealServices.Shared"/>: they go with its run.</summary>
public sealed class SharedRealServices : IAsyncDisposable
{
    public ValueTask DisposeAsync() => RealServices.Shared.DisposeAsync();
}
