using Jarvis.Application.Discord;

namespace Jarvis.Application.Tests.Discord;

public sealed class MessageSplitterTests
{
    private const string Rest = "… the rest is elsewhere";

    [Fact]
    public void Short_text_stays_one_unchanged_message()
    {
        var text = "# Title\n\n- one\n- two\n\n```csharp\nvar x = 1;\n```";

        Split(text).Should().Equal(text);
    }

    [Fact]
    public void Long_text_is_split_between_lines_without_loss()
    {
        var text = string.Join('\n', Enumerable.Range(0, 300).Select(i => $"Line {i} says this and that."));

        var parts = Split(text);

        parts.Should().HaveCountGreaterThan(2);
        string.Join('\n', parts).Should().Be(text);
    }

    [Fact]
    public void Long_line_is_split_between_words_and_never_inside_a_character()
    {
        var words = string.Join(' ', Enumerable.Range(0, 900).Select(i => $"word{i}"));
        var smileys = string.Concat(Enumerable.Repeat("😀", 3_000));

        var parts = Split(words);
        var halves = Split(smileys);

        string.Join(' ', parts).Should().Be(words);
        string.Concat(halves).Should().Be(smileys);
        halves.Should().OnlyContain(part => !char.IsLowSurrogate(part[0]));
    }

    [Theory]
    [InlineData("```csharp", "```")]
    [InlineData("```", "```")]
    [InlineData("````markdown", "````")]
    public void Code_block_is_closed_and_reopened_with_its_language(string opening, string closing)
    {
        var code = string.Join('\n', Enumerable.Range(0, 200).Select(i => $"    var line{i} = \"some code\";"));

        var parts = Split($"Look:\n\n{opening}\n{code}\n{closing}\n\nThat is all.");

        parts.Should().HaveCountGreaterThan(2);
        parts.Should().OnlyContain(part => IsBalanced(part));
        parts.Skip(1).Should().OnlyContain(part => part.StartsWith(opening + "\n", StringComparison.Ordinal));
        parts.SelectMany(part => part.Split('\n')).Where(line => line.StartsWith("    var", StringComparison.Ordinal)).Should().Equal(code.Split('\n'));
        parts[^1].Should().EndWith("That is all.");
    }

    [Fact]
    public void Code_block_inside_a_longer_fence_does_not_end_it()
    {
        var inner = string.Join('\n', Enumerable.Range(0, 150).Select(i => $"```\ncode {i}\n```"));

        Split($"````\n{inner}\n````").Should().OnlyContain(part => part.StartsWith("````\n", StringComparison.Ordinal) && part.EndsWith("\n````", StringComparison.Ordinal));
    }

    [Fact]
    public void Unclosed_code_block_is_closed()
    {
        Split("```python\nprint(1)").Should().Equal("```python\nprint(1)\n```");
    }

    [Fact]
    public void Text_over_the_message_limit_ends_with_the_note_about_the_rest()
    {
        var text = "```\n" + string.Join('\n', Enumerable.Range(0, 2_000).Select(i => $"line {i}")) + "\n```";

        var parts = MessageSplitter.Split(text, maxParts: 3, Rest);

        parts.Should().HaveCount(3);
        parts.Should().OnlyContain(part => part.Length <= 2_000);
        parts[2].Should().EndWith("```\n\n" + Rest);
    }

    [Fact]
    public void Messages_are_valid_for_Discord_for_any_text()
    {
        var random = new Random(7);
        string[] fragments = ["```", "```js", "````", "\n", "\n\n", "word ", "😀", "`code`", new('x', 700), "  ", "~~~", "\r\n", new('`', 40), "- item\n"];
        for (var i = 0; i < 500; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(1, 120)).Select(_ => fragments[random.Next(fragments.Length)]));

            var parts = MessageSplitter.Split(text, maxParts: 4, Rest, maxLength: 1_000);

            parts.Count.Should().BeInRange(string.IsNullOrWhiteSpace(text) ? 0 : 1, 4);
            parts.Where(part => part.Length > 1_000 || string.IsNullOrWhiteSpace(part)).Should().BeEmpty(text);
        }
    }

    private static IReadOnlyList<string> Split(string text)
    {
        var parts = MessageSplitter.Split(text, maxParts: 100, Rest);
        parts.Should().OnlyContain(part => part.Length <= 2_000);

        return parts;
    }

    private static bool IsBalanced(string part) => part.Split('\n').Count(line => line.StartsWith("```", StringComparison.Ordinal)) % 2 == 0;
}
