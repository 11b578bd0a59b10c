using Jarvis.Domain.Common;

namespace Jarvis.Application.Speech;

/// <summary>A voice as somebody asks for it: what is null is open.</summary>
public sealed record VoiceRequest(string? Provider, string? Model, string? Voice)
{
    public bool IsOpen => (Provider, Model, Voice) is (null, null, null);
}

/// <summary>A voice that there is, with the model that speaks it.</summary>
public sealed record ResolvedVoice(SpeechProvider Provider, SpeechModel Model, SpeechVoice Voice);

/// <summary>
/// Finds the voice that is meant. A voice without a model picks its model, a model without a voice its first voice in the
/// language; a pair that does not exist is refused, never bent into another.
/// </summary>
internal static class VoiceResolver
{
    /// <param name="preferred">Decides where the wish leaves several.</param>
    /// <param name="language">Of the person, as two letters: for who asks for no voice.</param>
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

        // What is configured goes first; among equals the order of the catalogue decides.
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
