using Jarvis.Domain.Memories;

namespace Jarvis.Domain.Tests.Memories;

public sealed class ContentHashTests
{
    private static readonly byte[] Key = [.. Enumerable.Range(0, 32).Select(number => (byte)number)];

    [Theory]
    [InlineData("lives in bern", "Lives in Bern.")]
    [InlineData("lives in bern", "  LIVES\tin\n\nBern!!! ")]
    [InlineData("lives in bern", "…lives — in “Bern”")]
    [InlineData("mieszka w łodzi", "Mieszka w ŁODZI")]
    [InlineData("zażółć gęślą jaźń", "ZAŻÓŁĆ GĘŚLĄ JAŹŃ")]
    [InlineData("has 2 dogs", "Has ２ dogs")]
    public void Case_punctuation_and_white_space_do_not_count(string one, string other) => Of(one).Should().Be(Of(other));

    [Fact]
    public void How_an_accent_is_composed_does_not_count() => Of("Łódź").Should().Be(Of("Łódź".Normalize(System.Text.NormalizationForm.FormD)));

    [Theory]
    [InlineData("likes red wine", "likes white wine")]
    [InlineData("has 1 dog", "has 2 dogs")]
    [InlineData("kąt", "kat")]
    [InlineData("sad", "sąd")]
    [InlineData("a therapist", "the rapist")]
    [InlineData("owes 10 euro", "owes 1 0 euro")]
    public void Other_words_are_other_contents(string one, string other) => Of(one).Should().NotBe(Of(other));

    [Fact]
    public void Each_person_has_hashes_of_their_own()
    {
        var others = ContentHash.Of("Lives in Bern", [.. Key.Reverse()]);

        others.Should().NotBe(Of("Lives in Bern"));
    }

    [Fact]
    public void It_is_stored_as_hexadecimal_of_a_known_length_and_read_back_the_same()
    {
        var hash = Of("Lives in Bern");

        hash.Value.Should().MatchRegex("^[0-9a-f]+$").And.HaveLength(ContentHash.Length);
        ContentHash.Stored(hash.Value).Should().Be(hash);
    }

    [Fact]
    public void Contents_without_a_letter_have_a_hash_too() => Of("!!!").Value.Should().HaveLength(ContentHash.Length);

    private static ContentHash Of(string content) => ContentHash.Of(content, Key);
}
