using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Jarvis.Application.Speech;

namespace Jarvis.Infrastructure.Ai.Speech;

/// <summary>Computes the name of an audio stream. Equal requests of all users have the same name, which doesn't reveal the text.</summary>
internal static class SpeechKey
{
    public static string Compute(SpeechRequest request)
    {
        // Unambiguous, because only the text may contain a line feed, and it comes last.
        var source = string.Create(
            CultureInfo.InvariantCulture,
            $"{request.Provider}\n{request.Model}\n{request.Voice}\n{request.Speed.Value:R}\n{request.Format}\n{request.Text}");

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(source)));
    }
}
