using System.Globalization;
using Chosen = Jarvis.Application.Accounts.Settings;

namespace Jarvis.Web.Pages.Settings;

/// <summary>What the form says about the voice. Where no server is configured it asks for the speed alone.</summary>
internal sealed class VoiceFields
{
    public bool VoiceAsked { get; set; }

    public bool VoiceEnabled { get; set; }

    /// <summary>Provider, model and voice in one; empty for any.</summary>
    public string? VoiceKey { get; set; }

    public string? SpeechSpeed { get; set; }

    public Chosen Choose(Chosen current)
    {
        // What is no number is out of every range. A comma or a point: people write both.
        var speed = float.TryParse(SpeechSpeed?.Replace(',', '.'), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : float.NaN;
        var chosen = current with { SpeechSpeed = SpeechSpeed is null ? current.SpeechSpeed : speed };
        if (!VoiceAsked)
        {
            return chosen;
        }

        var parts = string.IsNullOrEmpty(VoiceKey) ? [] : VoiceKey.Split(VoiceForm.Divider);

        return chosen with
        {
            SpeachesEnabled = VoiceEnabled,
            TtsProvider = parts.ElementAtOrDefault(0),
            SpeachesTtsModel = parts.ElementAtOrDefault(1),
            SpeachesTtsVoice = parts.ElementAtOrDefault(2),
        };
    }
}
