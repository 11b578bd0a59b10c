using System.Diagnostics;
using Jarvis.Web.Rendering;

namespace Jarvis.Web.Tests.Rendering;

public class BlockRendererTests
{
    private const string Answer =
        """
        # Title

        A paragraph with **bold** text
        ***and*** more, on
        two lines.
        Setext
        ------

        - one
          - nested

            ```js
            let a = 1; // x
            ```
        - two

        1. first

           second paragraph

        | a | b |
        |---|--:|
        | 1 | 2 |

        ```csharp
        # not a heading

        var x = "***";
        ```

        > quote
        lazy line

        ***

        ### Sub
        #nothing
            still the paragraph

            indented code

        end `code` <script>alert(1)</script>
        """;

    private readonly MarkdownRenderer renderer = new();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(50)]
    [InlineData(10_000)]
    public void Chunks_of_any_size_render_like_the_whole_text(int size)
    {
        var blocks = new BlockRenderer(renderer);
        var rendered = new SortedDictionary<int, string>();

        foreach (var chunk in Answer.Chunk(size))
        {
            Show(rendered, blocks.Append(new string(chunk)));
        }

        rendered.Values.Where(html => html.Length > 0).Should().Equal(renderer.RenderBlocks(Answer));
    }

    [Fact]
    public void Finished_block_is_not_sent_again()
    {
        var blocks = new BlockRenderer(renderer);
        blocks.Append("first\n\nsecond\n");

        var changed = blocks.Append("goes on");

        changed.Should().ContainSingle().Which.Index.Should().Be(1);
    }

    [Fact]
    public void Provisional_block_is_withdrawn_when_the_text_continues()
    {
        var blocks = new BlockRenderer(renderer);
        blocks.Append("foo\n***").Should().HaveCount(2);

        var changed = blocks.Append("bold***");

        changed.Should().HaveCount(2);
        changed[0].Html.Should().Contain("<strong>");
        changed[1].Should().Be((1, ""));
    }

    [Fact]
    public void Heading_levels_are_consistent_across_chunks()
    {
        var blocks = new BlockRenderer(renderer);
        blocks.Append("## a\n\ntext\n\nmore\n\n");

        var changed = blocks.Append("### b\n");

        changed[^1].Html.Should().StartWith("<h4");
    }

    [Fact]
    public void Long_answer_renders_in_under_5_ms_per_chunk()
    {
        var answer = string.Join("\n\n", Enumerable.Repeat(Answer, 40));
        var blocks = new BlockRenderer(renderer);
        blocks.Append(Answer);
        var started = Stopwatch.GetTimestamp();

        var chunks = 0;
        foreach (var chunk in answer.Chunk(20))
        {
            blocks.Append(new string(chunk));
            chunks++;
        }

        // Rendering everything again for each chunk takes some hundred times as long; the limit leaves room for a busy machine.
        (Stopwatch.GetElapsedTime(started).TotalMilliseconds / chunks).Should().BeLessThan(5);
    }

    private static void Show(SortedDictionary<int, string> rendered, IEnumerable<(int Index, string Html)> changed)
    {
        foreach (var (index, html) in changed)
        {
            rendered[index] = html;
        }
    }
}
