using Jarvis.Domain.Common;

namespace Jarvis.Application.Speech;

/// <summary>A voice as somebody asks for it: what is null is open.</summary>
public sealed record VoiceWish(string? Provider, string? Model, string? Voice)
{
    public bool IsOpen => (Provider, Model, Voice) is (null, null, null);
}

/// <summary>A voice that there is, with the model that speaks it.</summary>
public sealed record ChosenVoice(SpeechProvider Provider, SpeechModel Model, SpeechVoice Voice);

/// <summary>
/// Finds the voice that is meant. A voice without a model picks its model, a model without a voice its first voice in the
/// language; a pair that does not exist is refused, never bent into another.
/// </summary>
internal static class VoiceChoice
{
    /// <param name="preferred">Decides where the wish leaves several.</param>
    /// <param name="language">Of the person, as two letters: for who asks for no voice.</param>
    public static Result<ChosenVoice> Find(IReadOnlyList<SpeechProvider> providers, VoiceWish wish, VoiceWish preferred, string language)
    {
        var all = Candidates(providers);
        if (wish.Provider is { } provider && all.TrueForAll(voice => voice.Provider.Id != provider))
        {
            return Refusal(nameof(wish.Provider), SpeechErrors.ProviderUnknown(provider, providers.Select(known => known.Id)));
        }

        var ofProvider = all.FindAll(voice => wish.Provider is null || voice.Provider.Id == wish.Provider);
        if (wish.Model is { } model && ofProvider.TrueForAll(voice => voice.Model.Id != model))
        {
            return Refusal(nameof(wish.Model), SpeechErrors.ModelUnknown(model, ofProvider.Select(known => known.Model.Id).Distinct()));
        }

        var ofModel = ofProvider.FindAll(voice => wish.Model is null || voice.Model.Id == wish.Model);
        if (wish.Voice is { } name && ofModel.TrueForAll(voice => voice.Voice.Id != name))
        {
            return Refusal(nameof(wish.Voice), SpeechErrors.VoiceUnknown(name, ofModel.Select(known => known.Voice.Id).Distinct()));
        }

        // What is configured goes first; among equals the order of the catalogue decides.
        return ofModel.FindAll(voice => wish.Voice is null || voice.Voice.Id == wish.Voice)
            .OrderByDescending(voice => voice.Provider.IsConfigured)
            .ThenByDescending(voice => voice.Provider.Id == preferred.Provider)
            .ThenByDescending(voice => voice.Model.Id == preferred.Model)
            .ThenByDescending(voice => voice.Voice.Id == preferred.Voice)
            .ThenByDescending(voice => voice.Voice.Language.StartsWith(language, StringComparison.OrdinalIgnoreCase))
            .First();
    }

    private static List<ChosenVoice> Candidates(IReadOnlyList<SpeechProvider> providers) =>
    [
        .. from provider in providers
           from model in provider.Models
           from voice in model.Voices
           select new ChosenVoice(provider, model, voice),
    ];

    private static Error Refusal(string field, Error error) => error with
    {
        Fields = new Dictionary<string, IReadOnlyList<Error>> { [char.ToLowerInvariant(field[0]) + field[1..]] = [error] },
    };
}
