using Jarvis.Infrastructure.Ai.Search;
using Jarvis.Infrastructure.Persistence.Search;

namespace Jarvis.Infrastructure.Tests.Ai.Search;

public sealed class RelevanceFilterTests
{
    private static readonly DateTimeOffset Now = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("What is my dog called?", "My dog is called Reksio")]
    [InlineData("What are my dogs calling?", "My dog is called Reksio")]
    [InlineData("Jak nazywa się mój pies?", "Mój pies nazywa się Reksio")]
    [InlineData("Co lubi jeść mój pies? Opowiedz o psach.", "Mój pies nazywa się Reksio")]
    [InlineData("Gdzie mieszkam?", "Mieszkam w Gdańsku")]
    [InlineData("Where do I live?", "I live in Gdańsk")]
    [InlineData("Where can I celebrate my birthday quietly with Reksio in the city?", "My dog is called Reksio")]
    [InlineData("Dokąd pójść w weekend z Reksiem na długi spacer?", "Mój pies nazywa się Reksio")]
    [InlineData("gdansk", "I live in Gdańsk")]
    public void Relevant_memory_passes_the_filter(string text, string document) =>
        IsRelevant(text, document).Should().BeTrue();

    [Theory]
    [InlineData("What is the capital of Australia?", "I live in Gdańsk")]
    [InlineData("How do I boil an egg so that it stays soft inside?", "My dog is called Reksio")]
    [InlineData("Which wine goes with roast fish and lemon?", "I like red wine")]
    [InlineData("Jaka jest stolica Australii?", "Mieszkam w Gdańsku")]
    public void Irrelevant_memory_does_not_pass_the_filter(string text, string document) =>
        IsRelevant(text, document).Should().BeFalse();

    [Theory]
    [InlineData("Hello!")]
    [InlineData("Thank you very much")]
    [InlineData("Good morning")]
    [InlineData("Dzień dobry")]
    [InlineData("Dzięki!")]
    [InlineData("?!")]
    public void Greetings_and_thanks_ask_for_no_memory(string text) => SearchQuestion.Parse(text, Now).AsksNothing.Should().BeTrue();

    [Theory]
    [InlineData("Why is the sky blue?", "The sky was so blue over the lake today")]
    [InlineData("When did World War II end?", "I travel all over the world")]
    [InlineData("How do I boil an egg?", "I boil water for tea each morning")]
    public void General_question_does_not_match_statements_with_the_same_words(string text, string statement) =>
        IsRelevant(text, statement, isItem: false).Should().BeFalse();

    private static bool IsRelevant(string text, string document, bool isItem = true)
    {
        var question = SearchQuestion.Parse(text, Now);
        var passages = Passage.FindAll(new SearchRow { IsItem = isItem, Prompt = document }).ToList();
        var (_, matched) = new PassageRanking(passages).Rank(question.Words, new DocumentFrequencies(""));

        return new RelevanceFilter(question, passages).Passes(passages[0], matched[0]);
    }
}
