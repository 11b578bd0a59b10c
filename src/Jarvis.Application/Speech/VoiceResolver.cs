using Jarvis.Domain.Accounts;
using Jarvis.Domain.Common;

namespace Jarvis.Application.Speech;

/// <summary>Requested voice. A null member matches anything.</summary>
public sealed record VoiceRequest(string? Provider, string? Model, string? Voice)
{
    public bool IsOpen => (Provider, Model, Voice) is (null, null, null);
}

/// <summary>Voice in the catalogue, with its model and provider.</summary>
public sealed record ResolvedVoice(SpeechProvider Provider, SpeechModel Model, SpeechVoice Voice);

/// <summary>
/// Finds the voice for a request. A voice without a model selects its model. A model without a voice selects its first voice in
/// the user's language. A combination that doesn't exist is an error; the resolver never substitutes another one.
/// </summary>
internal static class VoiceResolver
{
    /// <summary>Resolves the requested voice, else the voice in the user's settings, else a voice in the user's language.</summary>
    public static Result<ResolvedVoice> Resolve(IReadOnlyList<SpeechProvider> providers, VoiceRequest voiceRequest, UserConfig config, string language)
    {
        var preferred = new VoiceRequest(config.TtsProvider, config.SpeachesTtsModel, config.SpeachesTtsVoice);
        if (!voiceRequest.IsOpen || preferred.IsOpen)
        {
            return Resolve(providers, voiceRequest, preferred, language);
        }

        // The catalogue may no longer contain the chosen voice. Then only the choice of its server counts.
        return Resolve(providers, preferred, preferred, language) is { Error: null } found
            ? found
            : Resolve(providers, voiceRequest, preferred, language);
    }

    /// <param name="preferred">Breaks the tie if several voices match the request.</param>
    /// <param name="language">The user's language as two letters; applies if the request names no voice.</param>
    public static Result<ResolvedVoice> Resolve(IReadOnlyList<SpeechProvider> providers, VoiceRequest voiceRequest, VoiceRequest preferred, string language)
    {
        var all = FindCandidates(providers);
        if (voiceRequest.Provider is { } provider && all.TrueForAll(voice => voice.Provider.Id != provider))
        {
            return ErrorFor(nameof(voiceRequest.Provider), SpeechErrors.ProviderUnknown(provider, providers.Select(known => known.Id)));
        }

        var ofProvider = all.FindAll(voice => voiceRequest.Provider is null || voice.Provider.Id == voiceRequest.Provider);
        if (voiceRequest.Model is { } model && ofProvider.TrueForAll(voice => voice.Model.Id != model))
        {
            return ErrorFor(nameof(voiceRequest.Model), SpeechErrors.ModelUnknown(model, ofProvider.Select(known => known.Model.Id).Distinct()));
        }

        var ofModel = ofProvider.FindAll(voice => voiceRequest.Model is null || voice.Model.Id == voiceRequest.Model);
        if (voiceRequest.Voice is { } name && ofModel.TrueForAll(voice => voice.Voice.Id != name))
        {
            return ErrorFor(nameof(voiceRequest.Voice), SpeechErrors.VoiceUnknown(name, ofModel.Select(known => known.Voice.Id).Distinct()));
        }

        // Configured providers come first. The sort is stable, so the order of the catalogue decides between equals.
        return ofModel.FindAll(voice => voiceRequest.Voice is null || voice.Voice.Id == voiceRequest.Voice)
            .OrderByDescending(voice => voice.Provider.IsConfigured)
            .ThenByDescending(voice => voice.Provider.Id == preferred.Provider)
            .ThenByDescending(voice => voice.Model.Id == preferred.Model)
            .ThenByDescending(voice => voice.Voice.Id == preferred.Voice)
            .ThenByDescending(voice => voice.Voice.Language.StartsWith(language, StringComparison.OrdinalIgnoreCase))
            .First();
    }

    private static List<ResolvedVoice> FindCandidates(IReadOnlyList<SpeechProvider> providers) =>
    [
        .. from provider in providers
           from model in provider.Models
           from voice in model.Voices
           select new ResolvedVoice(provider, model, voice),
    ];

    private static Error ErrorFor(string field, Error error) => error with
    {
        Fields = new Dictionary<string, IReadOnlyList<Error>> { [char.ToLowerInvariant(field[0]) + field[1..]] = [error] },
    };
}
