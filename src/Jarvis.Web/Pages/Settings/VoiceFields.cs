using System.Globalization;
using Chosen = Jarvis.Application.Accounts.Settings;

namespace Jarvis.Web.Pages.Settings;

/// <summary>Voice fields of the settings form. Without a speech server the form has only the speed.</summary>
internal sealed class VoiceFields
{
    public bool VoiceAsked { get; set; }

    public bool VoiceEnabled { get; set; }

    /// <summary>Provider, model and voice, joined; empty for any voice.</summary>
    public string? VoiceKey { get; set; }

    public string? SpeechSpeed { get; set; }

    public Chosen Choose(Chosen current)
    {
        // The decimal separator may be a comma or a point. Invalid numbers become NaN, which the validator rejects.
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
