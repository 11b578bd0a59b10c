using Jarvis.Domain.Accounts;
using Jarvis.Domain.Common;

namespace Jarvis.Application.Speech;

/// <summary>Whose voice speaks to a person: the one they ask for now, else the one they chose, else one in their language.</summary>
internal static class SpeakingVoice
{
    public static Result<ResolvedVoice> Find(IReadOnlyList<SpeechProvider> providers, VoiceRequest voiceRequest, UserConfig config, string language)
    {
        var chosen = new VoiceRequest(config.TtsProvider, config.SpeachesTtsModel, config.SpeachesTtsVoice);
        if (!voiceRequest.IsOpen || chosen.IsOpen)
        {
            return VoiceResolver.Resolve(providers, voiceRequest, chosen, language);
        }

        // What was chosen may have left the catalogue since: then it is as if only its server had been chosen.
        return VoiceResolver.Resolve(providers, chosen, chosen, language) is { Error: null } found
            ? found
            : VoiceResolver.Resolve(providers, voiceRequest, chosen, language);
    }
}
