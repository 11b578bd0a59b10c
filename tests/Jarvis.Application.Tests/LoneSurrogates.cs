namespace Jarvis.Application.Tests;

/// <summary>Halves of characters, spelled out: an attribute's text is stored as UTF-8, which cannot hold them.</summary>
internal static class LoneSurrogates
{
    public static string In(string text) => text.Replace("[high]", "\uD83D").Replace("[low]", "\uDE00");
}
