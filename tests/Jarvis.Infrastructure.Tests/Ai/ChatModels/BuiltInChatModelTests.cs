using Jarvis.Application.Conversations;
using Jarvis.Domain.Common;
using Jarvis.Domain.Conversations;
using Jarvis.Domain.Memories;
using Jarvis.Infrastructure.Ai.ChatModels;
using Jarvis.Infrastructure.Ai.ChatModels.BuiltIn;

namespace Jarvis.Infrastructure.Tests.Ai.ChatModels;

public sealed class BuiltInChatModelTests
{
    private static readonly DateTimeOffset LearnedAt = new(2026, 11, 22, 10, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Question_is_answered_with_remembered_text_and_date()
    {
        var answer = await AskAsync("What is my dog called?", "My dog is called Reksio");

        answer.Should().StartWith("You told me on 22 November 2026: “My dog is called Reksio”.\n\n");
        answer.Should().Contain("No language model is configured").And.Contain("http://localhost:11434")
            .And.Contain("OpenAI:ApiKey").And.Contain("AzureOpenAI");
    }

    [Fact]
    public async Task Polish_question_gets_a_Polish_answer()
    {
        var answer = await AskAsync("Jak nazywa się mój pies?", "Mój pies nazywa się Reksio.");

        answer.Should().StartWith("22 listopada 2026 wiem od Ciebie: „Mój pies nazywa się Reksio”.\n\n");
        answer.Should().Contain("Nie skonfigurowano żadnego modelu językowego");
    }

    [Fact]
    public async Task Several_memories_become_a_short_list()
    {
        var answer = await AskAsync("Where do I live", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine");

        answer.Should().StartWith("Here's what you told me:\n\n- 22 November 2026: “one”\n- 22 November 2026: “two”\n");
        answer.Should().Contain("eight").And.NotContain("nine");
    }

    [Theory]
    [InlineData("What is my cat called?", "I didn't find anything about that")]
    [InlineData("Jak nazywa się mój kot?", "nic o tym nie ma")]
    public async Task Question_without_matching_memory_says_nothing_was_found(string prompt, string expected)
    {
        var answer = await AskAsync(prompt);

        answer.Should().Contain(expected);
    }

    [Theory]
    [InlineData(MemoryUsage.Disabled, "What is my cat called?", "This chat is without memory")]
    [InlineData(MemoryUsage.Disabled, "My cat is called Filemon", "This chat is without memory")]
    [InlineData(MemoryUsage.Disabled, "Mój kot nazywa się Filemon", "Ta rozmowa jest bez pamięci")]
    [InlineData(MemoryUsage.PublicAudience, "What is my cat called?", "Others can see this answer")]
    [InlineData(MemoryUsage.PublicAudience, "Jak nazywa się mój kot?", "Tę odpowiedź widzą też inni")]
    public async Task Answer_without_memory_search_says_why_and_claims_no_result(MemoryUsage recall, string prompt, string expected)
    {
        var answer = await TextAsync(new BuiltInChatModel(hasOthers: false), ChatModelFixture.Request(prompt) with { MemoryUsage = recall });

        answer.Should().StartWith(expected).And.Contain("http://localhost:11434");
        answer.Should().NotContainAny("find anything about that", "nic o tym nie ma", "Got it", "Dobrze, zapamiętam", "in what you've told me", "co od Ciebie wiem");
    }

    [Theory]
    [InlineData("Thanks!", "You're welcome.")]
    [InlineData("Dziękuję bardzo", "Nie ma za co.")]
    [InlineData("Help me plan my week. Ask me what you need to know.", "I need a language model for that, but I'll remember what you tell me.")]
    [InlineData("Napisz wiersz o morzu", "Do tego potrzebny jest model językowy.")]
    public async Task Thanks_and_tasks_are_not_noted_as_facts(string prompt, string expected)
    {
        var answer = await AskAsync(prompt);

        answer.Should().StartWith(expected);
    }

    [Theory]
    [InlineData("My dog is called Reksio and I live in Gdańsk", "Got it, I'll remember that.")]
    [InlineData("Mój pies nazywa się Reksio", "Dobrze, zapamiętam.")]
    [InlineData("Mam psa i kota", "Dobrze, zapamiętam.")]
    public async Task Statement_is_acknowledged_without_quoting_memories(string prompt, string expected)
    {
        var answer = await AskAsync(prompt, "Something else");

        answer.Should().StartWith(expected).And.NotContain("Something else");
    }

    [Theory]
    [InlineData("Hello!", "Hello.")]
    [InlineData("Cześć Jarvis", "Cześć.")]
    public async Task Greeting_is_returned(string prompt, string expected)
    {
        var answer = await AskAsync(prompt);

        answer.Should().StartWith(expected);
    }

    [Fact]
    public async Task Built_in_answer_is_streamed_in_words_and_uses_no_tokens()
    {
        var steps = await new BuiltInChatModel(hasOthers: false).StreamAsync(ChatModelFixture.Request("Hello"), CancellationToken.None).ToListAsync();

        steps.OfType<ModelEvent.Text>().Should().HaveCountGreaterThan(10);
        steps[^1].Should().Be(new ModelEvent.Finished(UsedTokens: 0));
    }

    [Fact]
    public async Task Answer_does_not_claim_that_no_model_is_configured_if_others_exist()
    {
        var answer = await TextAsync(new BuiltInChatModel(hasOthers: true), ChatModelFixture.Request("Hello"));

        answer.Should().NotContain("No language model is configured").And.Contain("settings");
    }

    [Theory]
    [InlineData("<script>alert(1)</script>", @"\<script\>alert(1)\</script\>")]
    [InlineData("[click](javascript:alert(1)) **now**", @"\[click\](javascript\:alert(1)) \*\*now\*\*")]
    [InlineData("see http://evil.example or www.evil.example", @"see http\://evil.example or www\.evil.example")]
    [InlineData("one\n\n# two\n- three", @"one \# two - three")]
    [InlineData("at 10:30, 50%: yes", "at 10:30, 50%: yes")]
    [InlineData("x\u202Ey\u0007z", "xyz")]
    public void Quoted_Markdown_is_escaped(string text, string expected)
    {
        var quoted = MarkdownEscaper.Escape(text);

        quoted.Should().Be(expected);
    }

    [Fact]
    public void Long_memory_is_truncated_between_characters()
    {
        var quoted = MarkdownEscaper.Escape("a" + string.Concat(Enumerable.Repeat("🦊", 400)));

        quoted.Should().EndWith("🦊…");
        quoted.Length.Should().BeLessThan(310);
    }

    private static Task<string> AskAsync(string prompt, params string[] memories) =>
        TextAsync(new BuiltInChatModel(hasOthers: false), ChatModelFixture.Request(prompt, [.. memories.Select(Memory)]));

    private static async Task<string> TextAsync(BuiltInChatModel model, ModelRequest request) =>
        string.Concat(await model.StreamAsync(request, CancellationToken.None).OfType<ModelEvent.Text>().Select(text => text.Delta).ToListAsync());

    private static CitedMemory Memory(string content) => new(MemoryItemId.New(LearnedAt), TurnId.New(LearnedAt), content, LearnedAt);
}
