using Jarvis.Application.Conversations;
using Jarvis.Domain.Conversations;
using Jarvis.Domain.Memories;
using Jarvis.Infrastructure.ChatModels;

namespace Jarvis.Infrastructure.Tests.ChatModels;

public sealed class OfflineChatModelTests
{
    private static readonly DateTimeOffset Said = new(2026, 11, 22, 10, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_question_is_answered_with_what_was_said_and_when()
    {
        var answer = await AskAsync("What is my dog called?", "My dog is called Reksio");

        answer.Should().StartWith("You told me on 22 November 2026: “My dog is called Reksio”.\n\n");
        answer.Should().Contain("No language model is configured").And.Contain("http://localhost:11434")
            .And.Contain("OpenAI:ApiKey").And.Contain("AzureOpenAI");
    }

    [Fact]
    public async Task A_Polish_question_has_a_Polish_answer()
    {
        var answer = await AskAsync("Jak nazywa się mój pies?", "Mój pies nazywa się Reksio.");

        answer.Should().StartWith("22 listopada 2026 usłyszałem od Ciebie: „Mój pies nazywa się Reksio”.\n\n");
        answer.Should().Contain("Nie skonfigurowano żadnego modelu językowego");
    }

    [Fact]
    public async Task Several_memories_become_a_short_list()
    {
        var answer = await AskAsync("Where do I live", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine");

        answer.Should().StartWith("This is what you told me:\n\n- 22 November 2026: “one”\n- 22 November 2026: “two”\n");
        answer.Should().Contain("eight").And.NotContain("nine");
    }

    [Theory]
    [InlineData("What is my cat called?", "I have found nothing about this")]
    [InlineData("Jak nazywa się mój kot?", "nic o tym nie znalazłem")]
    public async Task A_question_that_memory_does_not_answer_is_told_so(string prompt, string expected)
    {
        var answer = await AskAsync(prompt);

        answer.Should().Contain(expected);
    }

    [Theory]
    [InlineData(Recall.Off, "What is my cat called?", "This chat is without memory")]
    [InlineData(Recall.Off, "My cat is called Filemon", "This chat is without memory")]
    [InlineData(Recall.Off, "Mój kot nazywa się Filemon", "Ta rozmowa jest bez pamięci")]
    [InlineData(Recall.Overheard, "What is my cat called?", "Others read this answer")]
    [InlineData(Recall.Overheard, "Jak nazywa się mój kot?", "Tę odpowiedź czytają też inni")]
    public async Task Where_memory_was_not_looked_into_it_says_so_and_not_that_nothing_was_found_or_that_it_is_noted(Recall recall, string prompt, string expected)
    {
        var answer = await TextAsync(new OfflineChatModel(hasOthers: false), ModelsUnderTest.Request(prompt) with { Recall = recall });

        answer.Should().StartWith(expected).And.Contain("http://localhost:11434");
        answer.Should().NotContainAny("found nothing", "nie znalazłem", "Noted", "Zanotowane", "in what you told me", "co od Ciebie wiem");
    }

    [Theory]
    [InlineData("Thanks!", "You are welcome.")]
    [InlineData("Dziękuję bardzo", "Nie ma za co.")]
    [InlineData("Help me plan my week. Ask me what you need to know.", "That needs a language model.")]
    [InlineData("Napisz wiersz o morzu", "Do tego potrzebny jest model językowy.")]
    public async Task Thanks_and_tasks_are_not_noted_as_facts(string prompt, string expected)
    {
        var answer = await AskAsync(prompt);

        answer.Should().StartWith(expected);
    }

    [Theory]
    [InlineData("My dog is called Reksio and I live in Gdańsk", "Noted.")]
    [InlineData("Mój pies nazywa się Reksio", "Zanotowane.")]
    [InlineData("Mam psa i kota", "Zanotowane.")]
    public async Task What_a_person_tells_is_noted_and_nothing_is_made_of_it(string prompt, string expected)
    {
        var answer = await AskAsync(prompt, "Something else");

        answer.Should().StartWith(expected).And.NotContain("Something else");
    }

    [Theory]
    [InlineData("Hello!", "Hello.")]
    [InlineData("Cześć Jarvis", "Cześć.")]
    public async Task A_greeting_is_returned(string prompt, string expected)
    {
        var answer = await AskAsync(prompt);

        answer.Should().StartWith(expected);
    }

    [Fact]
    public async Task An_answer_comes_in_words_and_costs_no_tokens()
    {
        var steps = await new OfflineChatModel(hasOthers: false).StreamAsync(ModelsUnderTest.Request("Hello"), CancellationToken.None).ToListAsync();

        steps.OfType<ModelEvent.Text>().Should().HaveCountGreaterThan(10);
        steps[^1].Should().Be(new ModelEvent.Finished(UsedTokens: 0));
    }

    [Fact]
    public async Task Who_chose_it_beside_other_models_is_not_told_that_there_are_none()
    {
        var answer = await TextAsync(new OfflineChatModel(hasOthers: true), ModelsUnderTest.Request("Hello"));

        answer.Should().NotContain("No language model is configured").And.Contain("settings");
    }

    [Theory]
    [InlineData("<script>alert(1)</script>", @"\<script\>alert(1)\</script\>")]
    [InlineData("[click](javascript:alert(1)) **now**", @"\[click\](javascript\:alert(1)) \*\*now\*\*")]
    [InlineData("see http://evil.example or www.evil.example", @"see http\://evil.example or www\.evil.example")]
    [InlineData("one\n\n# two\n- three", @"one \# two - three")]
    [InlineData("at 10:30, 50%: yes", "at 10:30, 50%: yes")]
    [InlineData("x\u202Ey\u0007z", "xyz")]
    public void A_quotation_stays_text(string text, string expected)
    {
        var quoted = MarkdownQuote.Of(text);

        quoted.Should().Be(expected);
    }

    [Fact]
    public void A_long_memory_is_quoted_in_part_and_no_character_is_halved()
    {
        var quoted = MarkdownQuote.Of("a" + string.Concat(Enumerable.Repeat("🦊", 400)));

        quoted.Should().EndWith("🦊…");
        quoted.Length.Should().BeLessThan(310);
    }

    private static Task<string> AskAsync(string prompt, params string[] memories) =>
        TextAsync(new OfflineChatModel(hasOthers: false), ModelsUnderTest.Request(prompt, [.. memories.Select(Memory)]));

    private static async Task<string> TextAsync(OfflineChatModel model, ModelRequest request) =>
        string.Concat(await model.StreamAsync(request, CancellationToken.None).OfType<ModelEvent.Text>().Select(text => text.Piece).ToListAsync());

    private static GivenMemory Memory(string content) => new(MemoryItemId.New(Said), TurnId.New(Said), content, Said);
}
