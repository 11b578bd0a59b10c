using Microsoft.Playwright;

namespace Jarvis.Browser.Tests;

public sealed class CodeHighlightingTests(Browser browser)
{
    private const string Colour = "element => getComputedStyle(element).color";

    // Language, code, and a token of it with the expected CSS class.
    private static readonly (string Language, string Code, string Class, string Token)[] Pasted =
    [
        ("bash", "# install\nfor file in *.txt; do\n  echo \"$file\" | grep -c 42\ndone", "hljs-built_in", "echo"),
        ("yaml", "services:\n  web: # the site\n    image: \"jarvis:1\"\n    replicas: 3", "hljs-attr", "replicas:"),
        ("go", "package main\n\nfunc main() {\n\tprintln(\"hello\", 42) // greet\n}", "hljs-keyword", "func"),
        ("rust", "fn main() {\n    let x: u32 = 5; // five\n    println!(\"{x}\");\n}", "hljs-keyword", "let"),
        ("diff", "--- a/file\n+++ b/file\n@@ -1,2 +1,2 @@\n-old\n+new\n same", "hljs-addition", "+new"),
    ];

    // One line of code for each language, including the usual aliases.
    private static readonly (string Language, string Code)[] Samples =
    [
        ("sh", "echo \"text\""), ("shell", "$ echo \"text\""), ("console", "$ ls \"text\""), ("yml", "key: \"text\""), ("golang", "var x = \"text\""),
        ("rs", "let x = \"text\";"), ("patch", "-old"), ("json", "{ \"key\": 1 }"), ("xml", "<a b=\"c\"/>"), ("html", "<p class=\"a\">text</p>"),
        ("css", "a { color: red; }"), ("javascript", "const x = 1;"), ("js", "const x = 1;"), ("typescript", "const x: number = 1;"),
        ("python", "def f(): return 1"), ("py", "def f(): return 1"), ("csharp", "var x = 1;"), ("java", "class A { }"), ("kotlin", "val x = 1"),
        ("swift", "let x = 1"), ("c", "int main(void) { return 0; }"), ("cpp", "int main() { return 0; }"), ("php", "<?php echo 1;"), ("ruby", "def f; end"),
        ("sql", "SELECT 1 FROM a"), ("dockerfile", "FROM debian\nRUN echo \"text\""), ("ini", "[a]\nkey = 1"), ("toml", "key = 1"), ("markdown", "# Title"),
        ("lua", "local x = 1"), ("r", "x <- function(a) 1"), ("perl", "my $x = 1;"), ("makefile", "all:\n\techo $(X)"), ("powershell", "Get-Item \"text\""),
        ("nginx", "server { listen 80; }"), ("graphql", "query { user(id: 1) { name } }"), ("fsharp", "let x = 1"), ("haskell", "main = putStrLn \"text\""),
    ];

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Pasted_code_is_highlighted_in_both_themes(ColorScheme colorScheme)
    {
        await using var host = await BrowserTestHost.RentAsync();
        await using var session = await BrowserSession.StartAsync(browser, host.Host, colorScheme: colorScheme);
        host.Model.Answer = request => request.Prompt;
        await session.RegisterAsync();

        await session.AskAsync(string.Join("\n\n", Pasted.Select(sample => Block(sample.Language, sample.Code))));
        await CheckHighlightedAsync(session);
        await session.Page.ReloadAsync();
        await CheckHighlightedAsync(session);
    }

    [Fact]
    public async Task Every_common_language_is_highlighted()
    {
        await using var host = await BrowserTestHost.RentAsync();
        await using var session = await BrowserSession.StartAsync(browser, host.Host);
        host.Model.Answer = _ => string.Join("\n\n", Samples.Select(sample => Block(sample.Language, sample.Code)));
        await session.RegisterAsync();

        await session.AskAsync("Show me");
        await session.LastAnswer.Locator(".code").Last.Locator("code span").First.WaitForAsync();

        var plain = await session.LastAnswer.Locator(".code:not(:has(code span)) .code-name").AllInnerTextsAsync();
        plain.Should().BeEmpty();
        (await session.LastAnswer.Locator("code").AllTextContentsAsync()).Select(code => code.TrimEnd('\n')).Should().Equal(Samples.Select(sample => sample.Code));
    }

    [Fact]
    public async Task Code_block_is_highlighted_before_the_answer_ends()
    {
        await using var host = await BrowserTestHost.RentAsync();
        await using var session = await BrowserSession.StartAsync(browser, host.Host);
        host.Model.Answer = _ => Block("rust", "let x = 5;") + "\n\n" + string.Join(' ', Enumerable.Range(1, 60).Select(number => $"word{number}"));
        host.Model.TokenDelay = TimeSpan.FromMilliseconds(100);
        await session.RegisterAsync();

        await session.SendAsync("Show me");
        await session.LastAnswer.Locator(".hljs-keyword", new() { HasText = "let" }).WaitForAsync();
        var status = await session.LastTurn.GetAttributeAsync("data-status");
        await session.WaitForAnswerAsync();

        status.Should().Be("pending");
        (await session.LastAnswer.Locator(".hljs-keyword").CountAsync()).Should().Be(1);
    }

    [Fact]
    public async Task Long_code_is_highlighted_to_its_end()
    {
        await using var host = await BrowserTestHost.RentAsync();
        await using var session = await BrowserSession.StartAsync(browser, host.Host);
        var code = string.Join('\n', Enumerable.Range(1, 1_000).Select(line => $"const value{line} = \"text\";"));
        host.Model.Answer = _ => Block("js", code);
        await session.RegisterAsync();

        await session.AskAsync("Show me");
        await session.LastAnswer.Locator(".hljs-keyword").Last.WaitForAsync();

        (await session.LastAnswer.Locator(".hljs-keyword").CountAsync()).Should().Be(1_000);
        (await session.LastAnswer.Locator("code").TextContentAsync())!.TrimEnd('\n').Should().Be(code);
    }

    [Fact]
    public async Task Page_without_labelled_code_loads_no_highlighter()
    {
        await using var host = await BrowserTestHost.RentAsync();
        await using var session = await BrowserSession.StartAsync(browser, host.Host);
        var requests = new List<string>();
        session.Page.Request += (_, request) => requests.Add(request.Url);
        host.Model.Answer = _ => "Some `code` in a line, and a block:\n\n```\nvar x = 1;\n```";
        await session.RegisterAsync();
        await session.AskAsync("Show me");
        await session.Page.ReloadAsync(new() { WaitUntil = WaitUntilState.NetworkIdle });
        var without = requests.Where(url => url.Contains("highlight", StringComparison.Ordinal)).ToList();

        host.Model.Answer = _ => Block("csharp", "var x = 1;") + "\n\n" + Block("unknown", "var x = 1;");
        await session.AskAsync("And now?");
        await session.LastAnswer.Locator(".hljs-keyword").First.WaitForAsync();

        without.Should().BeEmpty();
        requests.Should().Contain(url => url.Contains("highlight", StringComparison.Ordinal));
        (await session.LastAnswer.Locator(".code").Last.Locator("code span").CountAsync()).Should().Be(0, "an unknown language remains plain");
        (await session.Turns.First.Locator("code span").CountAsync()).Should().Be(0, "code without a language remains plain");
    }

    [Fact]
    public async Task Code_is_shown_plain_without_scripts()
    {
        await using var host = await BrowserTestHost.RentAsync();
        await using var session = await BrowserSession.StartAsync(browser, host.Host, scripts: false);
        host.Model.Answer = _ => Block("go", "var x = 1 // <b>");
        await session.RegisterAsync();

        await session.Prompt.FillAsync("Show me");
        await session.Page.ClickAsync("#send");
        await session.Page.WaitForURLAsync("**/chat/*");

        (await session.LastAnswer.Locator("code").InnerTextAsync()).TrimEnd().Should().Be("var x = 1 // <b>");
    }

    private static string Block(string language, string code) => $"```{language}\n{code}\n```";

    private static async Task CheckHighlightedAsync(BrowserSession session)
    {
        var blocks = session.LastAnswer.Locator(".code");
        for (var i = 0; i < Pasted.Length; i++)
        {
            var (language, code, name, token) = Pasted[i];
            var element = blocks.Nth(i).Locator($".{name}", new() { HasText = token }).First;
            await element.WaitForAsync();

            (await element.EvaluateAsync<string>(Colour)).Should().NotBe(await blocks.Nth(i).Locator("code").EvaluateAsync<string>(Colour), language);
            (await blocks.Nth(i).Locator("code").TextContentAsync())!.TrimEnd('\n').Should().Be(code);
        }

        await session.CheckAsync();
    }
}
