namespace Jarvis.Web.Rendering;

/// <summary>
/// Maps the heading levels of an answer below those of the page without gaps, because users of
/// screen readers navigate by headings.
/// </summary>
internal sealed class HeadingOutline
{
    /// <summary>Levels that the page uses: its title is level 1, each message level 2.</summary>
    private const int PageLevels = 2;
    private const int MaxLevel = 6;

    private readonly List<int> open = [];

    public int Next(int level)
    {
        open.RemoveAll(opened => opened >= level);
        open.Add(level);

        return Math.Min(PageLevels + open.Count, MaxLevel);
    }

    public HeadingOutline Copy()
    {
        var copy = new HeadingOutline();
        copy.open.AddRange(open);

        return copy;
    }
}
