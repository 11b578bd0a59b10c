using FluentValidation;
using Jarvis.Application.Common;
using Jarvis.Application.Conversations;
using Jarvis.Application.Pipeline;
using Jarvis.Application.Speech;
using Jarvis.Domain.Accounts;
using Jarvis.Domain.Common;
using Jarvis.Domain.Speech;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Jarvis.Application.Accounts;

/// <summary>Puts all settings in the place of those there are; what is chosen must exist.</summary>
public sealed record UpdateSettings(UserId User, Settings Settings) : IRequest<Result<Settings>>;

internal sealed class UpdateSettingsValidator : AbstractValidator<UpdateSettings>
{
    private static readonly string?[] Languages = [null, "en", "pl"];

    public UpdateSettingsValidator(IChatModelCatalog models)
    {
        RuleFor(update => update.Settings.Model)
            .Must(model => models.Find(model).Error is null)
            .Refuse(AccountErrors.ModelUnknown)
            .OverridePropertyName(nameof(Settings.Model));
        RuleFor(update => update.Settings.Temperature)
            .Must(Temperature.IsValid)
            .Refuse(AccountErrors.TemperatureInvalid)
            .OverridePropertyName(nameof(Settings.Temperature));
        RuleFor(update => update.Settings.Language)
            .Must(Languages.Contains)
            .Refuse(AccountErrors.LanguageUnknown)
            .OverridePropertyName(nameof(Settings.Language));
        RuleFor(update => update.Settings.SpeachesTtsModel)
            .MaximumLength(UserConfig.VoiceMaxLength)
            .Refuse(AccountErrors.VoiceInvalid)
            .OverridePropertyName(nameof(Settings.SpeachesTtsModel));
        RuleFor(update => update.Settings.SpeachesTtsVoice)
            .MaximumLength(UserConfig.VoiceMaxLength)
            .Refuse(AccountErrors.VoiceInvalid)
            .OverridePropertyName(nameof(Settings.SpeachesTtsVoice));
        RuleFor(update => update.Settings.TtsProvider)
            .MaximumLength(UserConfig.VoiceMaxLength)
            .Refuse(AccountErrors.VoiceInvalid)
            .OverridePropertyName(nameof(Settings.TtsProvider));
        RuleFor(update => update.Settings.SpeechSpeed)
            .Must(SpeechSpeed.IsValid)
            .Refuse(SpeechErrors.SpeedInvalid)
            .OverridePropertyName(nameof(Settings.SpeechSpeed));
    }
}

internal sealed class UpdateSettingsHandler(IJarvisDb db, ISpeechProviders providers) : IRequestHandler<UpdateSettings, Result<Settings>>
{
    public async Task<Result<Settings>> Handle(UpdateSettings request, CancellationToken cancellationToken)
    {
        var chosen = request.Settings;
        var config = await db.UserConfigs.OwnedBy(request.User).SingleAsync(cancellationToken);
        var voice = VoiceOf(chosen, Settings.Of(config));
        if (voice.Error is { } error)
        {
            return error;
        }

        config.ChooseModel(chosen.Model, new Temperature(chosen.Temperature));
        var (provider, model, name) = voice.Value;
        config.ChooseVoice(chosen.SpeachesEnabled, provider, model, name, new SpeechSpeed(chosen.SpeechSpeed));
        config.ChooseLook(chosen.Language, chosen.Theme);
        config.KeepMemoryLocal(chosen.MemoryLocalOnly);
        await db.SaveChangesAsync(cancellationToken);

        return Settings.Of(config);
    }

    private Result<VoiceWish> VoiceOf(Settings chosen, Settings current)
    {
        var (wish, before) = (WishOf(chosen), WishOf(current));

        // What was kept before may have left the catalogue since; that must not stand in the way of another setting.
        if (wish == before || wish.IsOpen)
        {
            return wish;
        }

        var found = VoiceChoice.Find(providers.List(), wish, before, chosen.Language ?? "");
        if (found.Error is { } error)
        {
            return error with { Fields = error.Fields.ToDictionary(field => SettingOf(field.Key), field => field.Value) };
        }

        // A voice brings its model and its server with it; of a server or a model alone no voice is made up.
        return new VoiceWish(
            found.Value.Provider.Id,
            wish.Model is null && wish.Voice is null ? null : found.Value.Model.Id,
            wish.Voice);
    }

    private static VoiceWish WishOf(Settings settings) => new(settings.TtsProvider, settings.SpeachesTtsModel, settings.SpeachesTtsVoice);

    private static string SettingOf(string field) => field switch
    {
        "provider" => "ttsProvider",
        "model" => "speachesTtsModel",
        _ => "speachesTtsVoice",
    };
}
