using Jarvis.Infrastructure.MemorySearch;

namespace Jarvis.Infrastructure.Tests.MemorySearch;

public sealed class RelevanceGateTests
{
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
    public void What_bears_on_a_text_passes(string text, string document) =>
        RelevanceGate.For(text).Passes(Terms.Of(document)).Should().BeTrue();

    [Theory]
    [InlineData("What is the capital of Australia?", "I live in Gdańsk")]
    [InlineData("How do I boil an egg so that it stays soft inside?", "My dog is called Reksio")]
    [InlineData("Which wine goes with roast fish and lemon?", "I like red wine")]
    [InlineData("Jaka jest stolica Australii?", "Mieszkam w Gdańsku")]
    public void What_does_not_bear_on_it_does_not(string text, string document) =>
        RelevanceGate.For(text).Passes(Terms.Of(document)).Should().BeFalse();

    [Theory]
    [InlineData("Hello!")]
    [InlineData("Thank you very much")]
    [InlineData("Good morning")]
    [InlineData("Dzień dobry")]
    [InlineData("Dzięki!")]
    [InlineData("?!")]
    public void A_greeting_and_a_thank_you_ask_memory_nothing(string text) => RelevanceGate.For(text).IsClosed.Should().BeTrue();
}
