using System.Globalization;
using Jarvis.Application.Speech;
using Chosen = Jarvis.Application.Accounts.Settings;

namespace Jarvis.Web.Pages.Settings;

/// <summary>Voice section of the settings page.</summary>
/// <param name="Key">Provider, model and voice, joined; empty for automatic choice.</param>
/// <param name="Automatic">Voice of the automatic choice; null without a server.</param>
/// <param name="Unavailable">Configured servers that do not respond.</param>
/// <param name="Groups">Voices of the configured servers, with the user's language first.</param>
internal sealed record VoiceForm(
    bool IsEnabled,
    string Key,
    string? Automatic,
    string Speed,
    IReadOnlyList<string> Unavailable,
    IReadOnlyList<VoiceGroup> Groups)
{
    public const char Divider = '|';

    public bool HasServer => Groups.Count > 0;

    public static VoiceForm Create(Chosen settings, SpeechConfig config)
    {
        var configured = config.Providers.Where(provider => provider.IsConfigured).ToList();
        var groups =
            from provider in configured
            from model in provider.Models
            from voice in model.Voices
            group new VoiceOption(GetKey(provider.Id, model.Id, voice.Id), voice.Name, model.Id, GetPrimaryLanguage(voice.Language)) by (Language: GetPrimaryLanguage(voice.Language), provider.Name) into found
            orderby found.Key.Language != CultureInfo.CurrentUICulture.TwoLetterISOLanguageName
            select new VoiceGroup(found.Key.Language, $"{GetName(found.Key.Language)} · {found.Key.Name}", [.. found]);

        return new VoiceForm(
            settings.SpeachesEnabled,
            settings.SpeachesTtsVoice is null ? "" : GetKey(settings.TtsProvider, settings.SpeachesTtsModel, settings.SpeachesTtsVoice),
            config.Selected is { } selected ? $"{selected.Voice.Name} · {selected.Provider.Name}" : null,
            settings.SpeechSpeed.ToString("0.##", CultureInfo.CurrentCulture),
            [.. configured.Where(provider => !config.Answering.Contains(provider.Id)).Select(provider => provider.Name)],
            [.. groups]);
    }

    private static string GetKey(string? provider, string? model, string? voice) => string.Join(Divider, provider, model, voice);

    private static string GetPrimaryLanguage(string language) => language.Split('-')[0].ToLowerInvariant();

    // The native name is the one that a speaker of the language looks for.
    private static string GetName(string language)
    {
        try
        {
            var culture = CultureInfo.GetCultureInfo(language);

            return culture.TextInfo.ToTitleCase(culture.NativeName);
        }
        catch (CultureNotFoundException)
        {
            return language;
        }
    }
}

internal sealed record VoiceGroup(string Language, string Name, IReadOnlyList<VoiceOption> Voices);

internal sealed record VoiceOption(string Key, string Name, string Model, string Language);
