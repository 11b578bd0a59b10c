namespace Jarvis.TestSupport.Output;

/// <summary>Thread-safe writer of lines to a file. It ignores lines after its disposal, because a stopped host may still log.</summary>
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
