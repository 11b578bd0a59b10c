using System.Text;

namespace Jarvis.Web.Rendering;

/// <summary>
/// Renders one answer while it is generated. Only the end of the text can still change, so each call renders only the newest
/// blocks again, regardless of the length of the answer. Not thread-safe.
/// </summary>
/// <remarks>
/// A reference link whose definition follows later renders as text here. The final rendering of the whole answer resolves it.
/// </remarks>
internal sealed class BlockRenderer(MarkdownRenderer renderer)
{
    private readonly StringBuilder tail = new();
    private readonly List<string> sent = [];
    private HeadingOutline outline = new();
    private int committed;

    /// <summary>Returns the blocks that the chunk added or changed; a removed block is empty.</summary>
    public IReadOnlyList<(int Index, string Html)> Append(string chunk)
    {
        tail.Append(chunk);
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

        // A block that looked like a rule or a heading can turn out to continue the previous block.
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

    // The last block can still grow, and its type is known only when its first line ends: “***” under a paragraph
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
