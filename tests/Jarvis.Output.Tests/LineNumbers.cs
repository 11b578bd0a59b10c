namespace Jarvis.Output.Tests;

internal sealed class LineNumbers
{
    private readonly List<int> ends = [];

    public LineNumbers(string text)
    {
        for (var end = text.IndexOf('\n'); end >= 0; end = text.IndexOf('\n', end + 1))
        {
            ends.Add(end);
        }
    }

    /// <summary>Number of the line, from 1.</summary>
    public int At(int index)
    {
        var line = ends.BinarySearch(index);

        return (line < 0 ? ~line : line) + 1;
    }
}
