using System.Diagnostics;
using Jarvis.Application.Speech;
using Jarvis.Application.Speech.Text;

namespace Jarvis.Application.Tests.Speech;

public sealed class SpeechTextStreamTests
{
    private const string Rich =
        """
        # Plan for **today**

        Dr. Smith said 3.14 is enough, e.g. for circles. *Really?* Yes! "I think so," he said. See [the docs. All of them](https://example.org/x) now.
        Soft lines go on
        until here. 2020. Then it stopped

        - first item
        - second item. With two sentences.
          1. nested `code. Here` stays
        2. and **bold. Over two.** Done

        > A quote. It has two sentences.
        lazy end

        ```python
        print("Hello. World")
        ```

        | City | People |
        |------|-------:|
        | Gdańsk | 487 000 |
        | Kraków. Nowa Huta | 804 000 |

        ***

            indented code. Not read

        ![A dog. Running](https://example.org/dog.png) and <https://example.org/path>.

        - [x] task done
        1986. A great year. U.S. Army came. J. R. R. Tolkien wrote.

        Setext heading
        ---

        To jest polskie zdanie, np. takie. A to drugie! Koniec itd. Potem nic… Naprawdę.

        a | b
        --|--
        1 | 2

        An *unclosed star. Goes on. And `an unclosed tick. Too.

        last one without end
        """;

    [Theory]
    [InlineData("One. Two. Three", "One.", "Two.", "Three.")]
    [InlineData("I met Dr. Smith. He is fine.", "I met Doctor Smith.", "He is fine.")]
    [InlineData("It is 3.14 exactly. Good.", "It is three point one four exactly.", "Good.")]
    [InlineData("Owoce, np. Jabłka. Tak.", "Owoce, na przykład Jabłka.", "Tak.")]
    [InlineData("Jabłka itd. Potem gruszki.", "Jabłka i tak dalej.", "Potem gruszki.")]
    [InlineData("Mieszka przy ul. Długiej. Tak.", "Mieszka przy ulica Długiej.", "Tak.")]
    [InlineData("What?! Really… Yes.", "What?!", "Really…", "Yes.")]
    [InlineData("\"Stop!\" he said. Then he left.", "\"Stop!\" he said.", "Then he left.")]
    [InlineData("He came (late. Very.) Then ate.", "He came (late.", "Very.)", "Then ate.")]
    [InlineData("J. R. R. Tolkien wrote it. Yes.", "J. R. R. Tolkien wrote it.", "Yes.")]
    [InlineData("It was 1990. Then came 1991.", "It was 1990.", "Then came 1991.")]
    [InlineData("It is 5 p.m. Then we go.", "It is five PM.", "Then we go.")]
    [InlineData("See no. 5. It is good.", "See number 5.", "It is good.")]
    [InlineData("The answer is no. Then leave.", "The answer is no.", "Then leave.")]
    public void Text_is_split_at_sentence_ends(string markdown, params string[] sentences) => Texts(markdown).Should().Equal(sentences);

    [Theory]
    [InlineData("# Title\n\nText", "Title.", "Text.")]
    [InlineData("**Bold** and *soft* and ~~gone~~ and ***both***.", "Bold and soft and gone and both.")]
    [InlineData("Use `dotnet run` now.", "Use dotnet run now.")]
    [InlineData("See [the page](https://example.org/a/b) or https://example.org/c?d=e.", "See the page or example.org.")]
    [InlineData("See <https://example.org/a>.", "See example.org.")]
    [InlineData("![A red fox](https://example.org/fox.png)", "A red fox.")]
    [InlineData("- one\n- two\n", "one.", "two.")]
    [InlineData("1. Install it\n2. Run it", "1: Install it.", "2: Run it.")]
    [InlineData("- [x] done\n- [ ] open", "done.", "open.")]
    [InlineData("> quoted\n> more\n\nplain", "quoted more.", "plain.")]
    [InlineData("Look:\n\n```js\nlet a = 1.5; // x. Y\n```\n\nDone.", "Look:", "Code example.", "Done.")]
    [InlineData("Oto kod, zobacz:\n\n~~~\nx\n~~~\n", "Oto kod, zobacz:", "Przykład kodu.")]
    [InlineData("```\nnever closed. Yes", "Code example.")]
    [InlineData("| City | People |\n|---|---|\n| Oslo | 700 |\n| Bergen | |\n", "City: Oslo, People: 700.", "City: Bergen.")]
    [InlineData("a\n\n---\n\nb", "a.", "b.")]
    [InlineData("Title\n===\n\nb", "Title.", "b.")]
    [InlineData("A fact[1]. Another [^2].", "A fact.", "Another.")]
    [InlineData("[a][1]\n\n[1]: https://example.org", "a.")]
    [InlineData("Line one  \nline two", "Line one.", "line two.")]
    [InlineData("🎉\n\nText 👍", "Text.")]
    [InlineData("5 * 3 * 2", "5 times 3 times 2.")]
    [InlineData("snake_case_name stays.", "snake case name stays.")]
    [InlineData("<script>alert(1)</script> Hello &amp; bye", "alert(1) Hello and bye.")]
    public void Markdown_is_converted_to_spoken_text(string markdown, params string[] sentences) => Texts(markdown).Should().Equal(sentences);

    [Theory]
    [InlineData("To jest kot.", "en", "pl")]
    [InlineData("This is a cat.", "pl", "en")]
    [InlineData("OK", "pl", "pl")]
    [InlineData("City: Gdańsk", "en", "en")]
    [InlineData("Łódź is a city in Poland", "en", "en")]
    [InlineData("Tokyo 2020", "en", "en")]
    public void Language_is_detected_from_the_text_or_falls_back_to_the_users(string text, string fallback, string expected) =>
        SpeechTextStream.Split(text, fallback).Should().ContainSingle().Which.Language.Should().Be(expected);

    [Fact]
    public void Sentence_without_a_clear_language_keeps_the_previous_language()
    {
        var sentences = SpeechTextStream.Split("To jest lista, zobacz:\n\n- Linux\n- Windows\n\nAnd this is English, with the rest of it.", "en");

        sentences.Select(sentence => sentence.Language).Should().Equal("pl", "pl", "pl", "en");
    }

    [Fact]
    public void Chunk_boundaries_do_not_change_the_sentences()
    {
        var whole = SpeechTextStream.Split(Rich, "en");
        whole.Should().HaveCountGreaterThan(30);

        for (var seed = 0; seed < 200; seed++)
        {
            Stream(Rich, new Random(seed)).Should().Equal(whole, $"seed {seed}");
        }
    }

    [Fact]
    public void Finished_sentence_is_emitted_while_the_answer_streams()
    {
        var answer = new SpeechTextStream("en");

        answer.Append("First one. Sec").Should().ContainSingle().Which.Text.Should().Be("First one.");
        answer.Append("ond. ").Should().BeEmpty("the following text may still belong to it");
        answer.Append("Third").Should().ContainSingle().Which.Should().Be(new SpokenSentence(1, "Second.", "en"));
        answer.Finish().Should().ContainSingle().Which.Text.Should().Be("Third.");
    }

    [Fact]
    public void Code_block_is_announced_once_when_it_opens()
    {
        var answer = new SpeechTextStream("en");

        answer.Append("Look:\n```csharp\nvar x").Select(sentence => sentence.Text).Should().Equal("Look:", "Code example.");
        answer.Append(" = 1;\n\nConsole.Write(x);\n```\n").Should().BeEmpty();
        answer.Finish().Should().BeEmpty();
    }

    [Fact]
    public void Long_text_is_cut_into_sentences_within_the_maximum_length()
    {
        var endless = string.Join(", ", Enumerable.Repeat("a clause that goes on", 60)) + " " + new string('x', 900) + " 😀" + new string('y', 500);

        var sentences = SpeechTextStream.Split(endless, "en");

        sentences.Should().OnlyContain(sentence => sentence.Text.Length <= SpokenSentence.MaxLength);
        string.Concat(sentences.Select(sentence => sentence.Text)).Count(letter => letter == 'x').Should().Be(900);
        sentences.Select(sentence => sentence.Index).Should().Equal(Enumerable.Range(0, sentences.Count));
    }

    [Fact]
    public void Spoken_sentences_are_not_changed_by_a_second_pass()
    {
        var first = SpeechTextStream.Split(Rich, "en");

        var second = first.SelectMany(sentence => SpeechTextStream.Split(sentence.Text, sentence.Language));

        second.Select(sentence => sentence.Text).Should().Equal(first.Select(sentence => sentence.Text));
    }

    [Theory]
    [InlineData("*")]
    [InlineData("[")]
    [InlineData("`")]
    [InlineData(">")]
    [InlineData("a. *B ")]
    [InlineData(".")]
    [InlineData("1 ")]
    [InlineData("1,")]
    [InlineData("- ")]
    [InlineData("a")]
    [InlineData("A. b ")]
    [InlineData("<a ")]
    [InlineData("http://")]
    [InlineData("a@")]
    [InlineData("|")]
    public void Hostile_input_is_processed_within_the_time_limit(string part)
    {
        var input = string.Concat(Enumerable.Repeat(part, 20_000 / part.Length));
        var clock = Stopwatch.StartNew();

        Stream(input, new Random(1), most: 200);

        // An idle machine needs a tenth of this.
        clock.Elapsed.Should().BeLessThan(TimeSpan.FromSeconds(5));
    }

    private static IEnumerable<string> Texts(string markdown) => SpeechTextStream.Split(markdown, "en").Select(sentence => sentence.Text);

    private static List<SpokenSentence> Stream(string markdown, Random random, int most = 30)
    {
        var answer = new SpeechTextStream("en");
        var sentences = new List<SpokenSentence>();
        for (var from = 0; from < markdown.Length;)
        {
            var length = Math.Min(random.Next(1, most), markdown.Length - from);
            sentences.AddRange(answer.Append(markdown.Substring(from, length)));
            from += length;
        }

        sentences.AddRange(answer.Finish());

        return sentences;
    }
}
