using Jarvis.Web.Rendering;

namespace Jarvis.Web.Tests.Rendering;

public class MarkdownRendererTests
{
    private readonly MarkdownRenderer renderer = new();

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("<img src=x onerror=alert(1)>")]
    [InlineData("text <b onclick='alert(1)'>bold</b> <iframe src='https://example.org'></iframe>")]
    [InlineData("<style>body { display: none }</style>")]
    [InlineData("<svg><script>alert(1)</script></svg>")]
    [InlineData("<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>")]
    [InlineData("[a](javascript:alert(1))")]
    [InlineData("[a](JaVaScRiPt:alert(1))")]
    [InlineData("[a](&#106;avascript:alert(1))")]
    [InlineData("[a](data:text/html;base64,PHNjcmlwdD4=)")]
    [InlineData("[a](vbscript:x) <javascript:alert(1)>")]
    [InlineData("![a](javascript:alert(1))")]
    [InlineData("[a]: javascript:alert(1)\n\n[a]")]
    [InlineData("[a](https://example.org \"onmouseover=alert(1) x='\")")]
    [InlineData("```\"><script>alert(1)</script>\ncode\n```")]
    [InlineData("```html\n<script>alert(1)</script>\n```")]
    [InlineData("| <script>a</script> |\n|---|\n| <img src=x onerror=alert(1)> |")]
    [InlineData("<!-- --><script>alert(1)</script>")]
    [InlineData("&lt;script&gt;alert(1)&lt;/script&gt;")]
    public void Hostile_markup_never_becomes_an_element_or_attribute(string markdown)
    {
        var html = renderer.Render(markdown);

        var page = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(html);
        page.QuerySelectorAll("script, img, iframe, style, svg, math, object, embed, form, input, link, meta").Should().BeEmpty();
        page.All.SelectMany(element => element.Attributes).Select(attribute => attribute.Name)
            .Should().BeSubsetOf(["class", "dir", "href", "rel", "tabindex", "target"]);
        page.QuerySelectorAll("[href]").Select(link => link.GetAttribute("href")).Should().BeSubsetOf(["https://example.org"]);
    }

    [Fact]
    public void Link_opens_in_a_new_tab_without_referrer()
    {
        var html = renderer.Render("[example](https://example.org/a?b=c&d=e)");

        html.Should().Be(
            """<p dir="auto"><a href="https://example.org/a?b=c&amp;d=e" rel="noopener noreferrer nofollow" target="_blank">example</a></p>""");
    }

    [Theory]
    [InlineData("[out](/account/logout)")]
    [InlineData("[out](//example.org)")]
    [InlineData("[out](#turn)")]
    [InlineData("[out](ftp://example.org)")]
    public void Internal_link_or_other_scheme_is_rendered_as_text(string markdown)
    {
        renderer.Render(markdown).Should().Be("""<p dir="auto">out</p>""");
    }

    [Fact]
    public void Image_is_rendered_as_a_link()
    {
        var html = renderer.Render("![a cat](https://example.org/cat.png) and [![badge](https://example.org/b.svg)](https://example.org)");

        html.Should().NotContain("<img").And.Contain(">a cat</a>").And.Contain(">badge</a>");
        html.Split("<a ").Should().HaveCount(3);
    }

    [Fact]
    public void Code_block_names_its_language_and_escapes_its_code()
    {
        var html = renderer.Render("```csharp\nvar x = \"<b>\"; // note\n```");

        html.Should().StartWith("""<div class="code" dir="ltr"><div class="code-head"><span class="code-name">csharp</span></div><pre tabindex="0"><code>""");
        html.Should().Contain("var x = \"&lt;b&gt;\"; // note").And.NotContain("style=");
    }

    [Fact]
    public void Code_text_is_preserved()
    {
        const string Code = "def f(x):\n    return {'a': \"b\" + x}  # 1 < 2 && 3 > 2\n";

        var html = renderer.Render($"```py\n{Code}```");

        var page = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(html);
        page.QuerySelector("code")!.TextContent.TrimEnd('\n').Should().Be(Code.TrimEnd('\n'));
    }

    [Fact]
    public void Table_scrolls_in_its_container_and_is_aligned_by_classes()
    {
        var html = renderer.Render("| a | b |\n|---|--:|\n| 1 | 2 |");

        html.Should().MatchRegex("^<div class=\"table\" tabindex=\"0\">\\s*<table[^$]*</table>\\s*</div>$");
        html.Should().Contain("""<td class="end">2</td>""").And.NotContain("style");
    }

    [Fact]
    public void Headings_start_below_page_headings_without_skipping_levels()
    {
        var html = renderer.Render("### a\n\n##### b\n\n# c\n\n#### d\n\n> ## e");

        var page = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(html);
        page.QuerySelectorAll("h1, h2, h3, h4, h5, h6").Select(heading => heading.LocalName + heading.TextContent)
            .Should().Equal("h3a", "h4b", "h3c", "h4d", "h4e");
    }

    [Fact]
    public void Task_list_item_is_a_symbol_and_not_an_input()
    {
        renderer.Render("- [x] done\n- [ ] open").Should().Contain("☑ done").And.Contain("☐ open").And.NotContain("<input");
    }

    [Fact]
    public void Each_block_has_automatic_text_direction()
    {
        renderer.RenderBlocks("hello\n\nשלום\n\n- مرحبا").Should().OnlyContain(block => block.Contains("dir=\"auto\""));
    }

    [Fact]
    public void Deeply_nested_Markdown_is_still_rendered()
    {
        var html = renderer.Render(string.Concat(Enumerable.Repeat("> ", 5_000)) + "deep" + new string('[', 20_000) + new string('*', 20_000));

        html.Should().NotBeEmpty();
    }
}
