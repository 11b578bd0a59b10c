namespace Jarvis.Web.Rendering;

/// <summary>
/// Puts the headings of an answer below those of the page, whatever level they begin with, so that no level is left out:
/// people who listen to the page move through it by them.
/// </summary>
internal sealed class HeadingOutline
{
    /// <summary>The page's title is level 1, each message level 2.</summary>
    private const int PageLevels = 2;
    private const int Deepest = 6;

    private readonly List<int> open = [];

    public int Next(int level)
    {
        open.RemoveAll(opened => opened >= level);
        open.Add(level);

        return Math.Min(PageLevels + open.Count, Deepest);
    }

    public HeadingOutline Copy()
    {
        var copy = new HeadingOutline();
        copy.open.AddRange(open);

        return copy;
    }
}
