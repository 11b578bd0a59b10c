using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Jarvis.Application.Speech;

namespace Jarvis.Infrastructure.Ai.Speech;

/// <summary>Names a sound: equal requests, whoever makes them, have one name, and nobody can tell the text from it.</summary>
internal static class SpeechKey
{
    public static string Compute(SpeechRequest request)
    {
        // Only the text, which comes last, may hold a line feed.
        var all = string.Create(
            CultureInfo.InvariantCulture,
            $"{request.Provider}\n{request.Model}\n{request.Voice}\n{request.Speed.Value:R}\n{request.Format}\n{request.Text}");

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(all)));
    }
}
