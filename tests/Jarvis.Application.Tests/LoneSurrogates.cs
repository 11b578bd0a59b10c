namespace Jarvis.Application.Tests;

/// <summary>Replaces placeholders by unpaired surrogates: attribute texts are stored as UTF-8, which cannot hold them.</summary>
internal static class LoneSurrogates
{
    public static string In(string text) => text.Replace("[high]", "\uD83D").Replace("[low]", "\uDE00");
}
