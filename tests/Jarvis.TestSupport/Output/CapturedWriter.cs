namespace Jarvis.TestSupport.Output;

/// <summary>A file that many threads write lines to. After its end nothing more is taken, as a host that is gone may still log.</summary>
internal sealed class CapturedWriter(TextWriter file, Action<CapturedWriter> closed) : IDisposable
{
    private readonly Lock gate = new();
    private TextWriter? open = file;

    public void Line(string? line)
    {
        lock (gate)
        {
            open?.WriteLine(line);
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            open?.Dispose();
            open = null;
        }

        closed(this);
    }
}
