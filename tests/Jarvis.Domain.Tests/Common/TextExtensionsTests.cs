using Jarvis.Domain.Common;
using Jarvis.Domain.Discord;

namespace Jarvis.Domain.Tests.Common;

public sealed class TextExtensionsTests
{
    [Theory]
    [InlineData("abc", 3, "abc")]
    [InlineData("abc", 2, "ab")]
    [InlineData("abc", 0, "")]
    [InlineData("", 0, "")]
    public void Text_is_cut_to_the_maximum_length(string text, int maxLength, string expected) => text.Truncate(maxLength).Should().Be(expected);

    [Fact]
    public void Surrogate_pair_is_never_split()
    {
        "ab😀".Truncate(3).Should().Be("ab");
        "😀".Truncate(1).Should().BeEmpty();
        "ab😀c".Truncate(4).Should().Be("ab😀");
    }

    [Fact]
    public void Discord_name_is_cut_before_a_surrogate_pair()
    {
        var name = new string('a', DiscordAccount.NameMaxLength - 1) + "😀";

        var account = DiscordAccount.Link(UserId.New(DateTimeOffset.UnixEpoch), "1", name, DateTimeOffset.UnixEpoch);

        account.Name.Should().Be(new string('a', DiscordAccount.NameMaxLength - 1));
    }

    [Fact]
    public void Whitespace_is_collapsed_to_single_spaces() => " a\r\n\tb  c ".CollapseWhitespace().Should().Be("a b c");

    // Not a theory: the compiler replaces unpaired surrogates in attributes.
    [Fact]
    public void Nul_and_unpaired_surrogates_are_not_storable()
    {
        string?[] storable = ["", null, "a😀"];
        string?[] unstorable = ["\0", "a\ud83d", "\ude00a"];

        storable.Should().OnlyContain(text => text.IsStorable());
        unstorable.Should().OnlyContain(text => !text.IsStorable());
    }

    [Fact]
    public void Unstorable_characters_are_replaced() => "a\0b😀\ud83d".ReplaceUnstorable().Should().Be("a\uFFFDb😀\uFFFD");
}
