using Jarvis.Domain.Common;

namespace Jarvis.Domain.Tests.Common;

public sealed class SentenceSplitterTests
{
    [Theory]
    [InlineData("I live in Bern. my cat is Tom", "I live in Bern", "my cat is Tom")]
    [InlineData("I have a dog.🐶 His name is Rex.", "I have a dog", "🐶 His name is Rex")]
    [InlineData("Mam wizytę 5. maja u dr. Nowak.", "Mam wizytę 5. maja u dr. Nowak")]
    [InlineData("Urodziłem się w 1990. mam psa", "Urodziłem się w 1990", "mam psa")]
    [InlineData("Wait... I live in Bern", "Wait", "I live in Bern")]
    [InlineData("I like J. R. R. Tolkien. A lot", "I like J. R. R. Tolkien", "A lot")]
    [InlineData("See example.org today", "See example.org today")]
    [InlineData("")]
    public void Message_is_split_into_sentences(string line, params string[] sentences) =>
        SentenceSplitter.Split(line).Select(sentence => sentence.Text).Should().Equal(sentences);

    [Fact]
    public void Question_is_recognized() =>
        SentenceSplitter.Split("Who am I?! You know.").Select(sentence => sentence.IsQuestion).Should().Equal(true, false);
}
