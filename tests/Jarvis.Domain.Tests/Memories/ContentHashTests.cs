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
    public void Hash_ignores_case_punctuation_and_white_space(string one, string other) => Of(one).Should().Be(Of(other));

    [Fact]
    public void Hash_ignores_Unicode_composition() => Of("Łódź").Should().Be(Of("Łódź".Normalize(System.Text.NormalizationForm.FormD)));

    [Theory]
    [InlineData("likes red wine", "likes white wine")]
    [InlineData("has 1 dog", "has 2 dogs")]
    [InlineData("kąt", "kat")]
    [InlineData("sad", "sąd")]
    [InlineData("a therapist", "the rapist")]
    [InlineData("owes 10 euro", "owes 1 0 euro")]
    public void Different_words_have_different_hashes(string one, string other) => Of(one).Should().NotBe(Of(other));

    [Fact]
    public void Hash_depends_on_the_users_key()
    {
        var others = ContentHash.Compute("Lives in Bern", [.. Key.Reverse()]);

        others.Should().NotBe(Of("Lives in Bern"));
    }

    [Fact]
    public void Hash_is_stored_as_fixed_length_hexadecimal_and_read_back()
    {
        var hash = Of("Lives in Bern");

        hash.Value.Should().MatchRegex("^[0-9a-f]+$").And.HaveLength(ContentHash.Length);
        ContentHash.FromStored(hash.Value).Should().Be(hash);
    }

    [Fact]
    public void Content_without_letters_has_a_hash() => Of("!!!").Value.Should().HaveLength(ContentHash.Length);

    private static ContentHash Of(string content) => ContentHash.Compute(content, Key);
}
