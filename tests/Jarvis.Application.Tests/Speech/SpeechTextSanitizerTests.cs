using Jarvis.Application.Speech;
using Jarvis.Application.Speech.Text;

namespace Jarvis.Application.Tests.Speech;

public sealed class SpeechTextSanitizerTests
{
    [Theory]
    [InlineData("Hello there.", "Hello there.")]
    [InlineData("  two\t words\r\n\r\nand more ", "two words and more")]
    [InlineData("a\u0000b\u0007c", "a b c")]
    [InlineData("zero\u200Bwidth \u202Eturned\u202C", "zerowidth turned")]
    [InlineData("half \uD83D a pair", "half a pair")]
    [InlineData("zażo\u0301łć", "zażółć")]
    [InlineData("<speak>Hi</speak>", "Hi")]
    [InlineData("<break time=\"3s\"/>Hi<break time='3s' />", "Hi")]
    [InlineData("<prosody rate=\"x-slow\" pitch=\"+5st\">Slow</prosody>", "Slow")]
    [InlineData("<voice name=x>Hi</voice>", "Hi")]
    [InlineData("<<b>break time=\"3s\"/>Hi", "break time=\"3s\"/ Hi")]
    [InlineData("<b<b>>Hi", "Hi")]
    [InlineData("<!-- a note -->Hi<?xml version=\"1.0\"?>", "Hi")]
    [InlineData("<![CDATA[Hi]]>", "Hi")]
    [InlineData("if a < b and c > d", "if a b and c d")]
    [InlineData("x <y and z> w", "x y and z w")]
    [InlineData("[[h@'loU]] [x](y)", "h@'loU [x](y)")]
    public void Engine_markup_and_control_characters_are_removed(string text, string expected) => SpeechTextSanitizer.Sanitize(text).Should().Be(expected);

    [Theory]
    [InlineData("<speak>Hi <b>there</b></speak>")]
    [InlineData("a <<b>b> c </ d")]
    [InlineData("[[[x]]]")]
    public void Sanitized_text_has_no_markup_and_is_not_changed_again(string text)
    {
        var sanitized = SpeechTextSanitizer.Sanitize(text);

        SpeechTextSanitizer.Sanitize(sanitized).Should().Be(sanitized);
        sanitized.Should().NotContainAny("<", ">", "[[");
    }

    [Theory]
    [InlineData("ż", true)]
    [InlineData("7", true)]
    [InlineData("日本", true)]
    [InlineData("", false)]
    [InlineData("… – ?!", false)]
    [InlineData("🙂", false)]
    public void Only_text_with_letters_or_digits_is_audible(string text, bool isAudible) => SpeechTextSanitizer.IsAudible(text).Should().Be(isAudible);
}
