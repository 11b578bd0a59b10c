using Jarvis.Domain.Accounts;
using Jarvis.Domain.Common;

namespace Jarvis.Application.Speech;

/// <summary>Whose voice speaks to a person: the one they ask for now, else the one they chose, else one in their language.</summary>
internal static class SpeakingVoice
{
    public static Result<ChosenVoice> Find(IReadOnlyList<SpeechProvider> providers, VoiceWish wish, UserConfig config, string language)
    {
        var chosen = new VoiceWish(config.TtsProvider, config.SpeachesTtsModel, config.SpeachesTtsVoice);
        if (!wish.IsOpen || chosen.IsOpen)
        {
            return VoiceChoice.Find(providers, wish, chosen, language);
        }

        // What was chosen may have left the catalogue since: then it is as if only its server had been chosen.
        return VoiceChoice.Find(providers, chosen, chosen, language) is { Error: null } found
            ? found
            : VoiceChoice.Find(providers, wish, chosen, language);
    }
}
