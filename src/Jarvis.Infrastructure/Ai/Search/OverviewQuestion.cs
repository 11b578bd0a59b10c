using System.Text.RegularExpressions;

namespace Jarvis.Infrastructure.Ai.Search;

/// <summary>Detects questions such as "What do you know about me?". They name no topic and ask for the most important memories.</summary>
internal static partial class OverviewQuestion
{
    public static bool IsMatch(string text) => Pattern.IsMatch(text);

    [GeneratedRegex(
        @"\b(what|all|everything)\b.{0,30}\b(know|remember|learn(ed|t)?)\b.{0,20}\b(about|of) me\b|^\W*who am i\b|\btell me about (me|myself)\b"
        + @"|\b(co|wszystko)\b.{0,30}\bo mnie\b.{0,20}\b(wiesz|pamiętasz|pamietasz)\b|\b(co|wszystko)\b.{0,30}\b(wiesz|pamiętasz|pamietasz)\b.{0,20}\bo mnie\b"
        + @"|^\W*kim (ja )?jestem\b|\bopowiedz mi o mnie\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Pattern { get; }
}
