namespace Jarvis.Benchmarks;

/// <summary>Data directory of one run, deleted afterwards.</summary>
internal sealed class TemporaryDirectory : IDisposable
{
    private readonly string path = Directory.CreateTempSubdirectory("jarvis-bench-").FullName;
    private int count;

    public string NewInside() => Directory.CreateDirectory(Path.Combine(path, $"{count++}")).FullName;

    public void Dispose() => Directory.Delete(path, recursive: true);
}
