using System.Globalization;
using Jarvis.Web.Resources;

namespace Jarvis.Web.Tests.Resources;

public sealed class PluralFormsTests
{
    [Theory]
    [InlineData(0, "other", "many")]
    [InlineData(1, "one", "one")]
    [InlineData(2, "other", "few")]
    [InlineData(4, "other", "few")]
    [InlineData(5, "other", "many")]
    [InlineData(11, "other", "many")]
    [InlineData(12, "other", "many")]
    [InlineData(14, "other", "many")]
    [InlineData(21, "other", "many")]
    [InlineData(22, "other", "few")]
    [InlineData(25, "other", "many")]
    [InlineData(101, "other", "many")]
    [InlineData(102, "other", "few")]
    [InlineData(112, "other", "many")]
    [InlineData(1_000_003, "other", "few")]
    public void Category_follows_the_rules_of_the_language(long count, string english, string polish)
    {
        PluralForms.GetCategory(count, new CultureInfo("en-GB")).Should().Be(english);
        PluralForms.GetCategory(count, new CultureInfo("pl-PL")).Should().Be(polish);
    }
}
