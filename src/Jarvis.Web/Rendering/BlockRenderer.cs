using System.Text;

namespace Jarvis.Web.Rendering;

/// <summary>
/// Renders one answer while it grows. Only the end of the text can still change, so only from the last block on is it
/// rendered again: an answer of any length costs what its newest blocks cost. Not for parallel use.
/// </summary>
/// <remarks>
/// A link whose address follows further down shows as text here; the whole answer, rendered once at its end, has it.
/// </remarks>
internal sealed class BlockRenderer(MarkdownRenderer renderer)
{
    private readonly StringBuilder tail = new();
    private readonly List<string> sent = [];
    private HeadingOutline outline = new();
    private int committed;

    /// <summary>The blocks that this piece changed or began; one that is gone again is empty.</summary>
    public IReadOnlyList<(int Index, string Html)> Append(string piece)
    {
        tail.Append(piece);
        var text = tail.ToString();
        var blocks = renderer.RenderBlocks(text, outline.Copy());

        var changed = new List<(int, string)>();
        for (var i = 0; i < blocks.Count; i++)
        {
            if (committed + i == sent.Count)
            {
                sent.Add("");
            }

            if (sent[committed + i] != blocks[i].Html)
            {
                sent[committed + i] = blocks[i].Html;
                changed.Add((committed + i, blocks[i].Html));
            }
        }

        // What was a rule or a heading of its own can turn out to go on the block before it.
        for (var i = committed + blocks.Count; i < sent.Count; i++)
        {
            if (sent[i].Length > 0)
            {
                sent[i] = "";
                changed.Add((i, ""));
            }
        }

        CommitBlocks(text, blocks);

        return changed;
    }

    // The last block goes on, and what its first line makes of it is only known once that line ends: “***” under a paragraph
    // is a rule until “bold***” follows.
    private void CommitBlocks(string text, List<RenderedBlock> blocks)
    {
        var last = blocks.Count - 1;
        while (last > 0 && text.IndexOf('\n', blocks[last].Start) < 0)
        {
            last--;
        }

        if (last <= 0)
        {
            return;
        }

        var lineStart = text.LastIndexOf('\n', blocks[last].Start) + 1;
        tail.Remove(0, lineStart);
        outline = blocks[last].Before;
        committed += last;
    }
}
