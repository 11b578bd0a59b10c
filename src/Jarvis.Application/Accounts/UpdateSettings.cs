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

/// <summary>Replaces all settings. Each chosen value must exist.</summary>
public sealed record UpdateSettings(UserId User, Settings Settings) : IRequest<Result<Settings>>;

internal sealed class UpdateSettingsValidator : AbstractValidator<UpdateSettings>
{
    private static readonly string?[] Languages = [null, "en", "pl"];

    public UpdateSettingsValidator(IChatModelCatalog models)
    {
        RuleFor(update => update.Settings.Model)
            .Must(model => models.Find(model).Error is null)
            .WithAppError(AccountErrors.ModelUnknown)
            .OverridePropertyName(nameof(Settings.Model));
        RuleFor(update => update.Settings.Temperature)
            .Must(Temperature.IsValid)
            .WithAppError(AccountErrors.TemperatureInvalid)
            .OverridePropertyName(nameof(Settings.Temperature));
        RuleFor(update => update.Settings.Language)
            .Must(Languages.Contains)
            .WithAppError(AccountErrors.LanguageUnknown)
            .OverridePropertyName(nameof(Settings.Language));
        RuleFor(update => update.Settings.SpeachesTtsModel)
            .MaximumLength(UserConfig.VoiceMaxLength)
            .WithAppError(AccountErrors.VoiceInvalid)
            .OverridePropertyName(nameof(Settings.SpeachesTtsModel));
        RuleFor(update => update.Settings.SpeachesTtsVoice)
            .MaximumLength(UserConfig.VoiceMaxLength)
            .WithAppError(AccountErrors.VoiceInvalid)
            .OverridePropertyName(nameof(Settings.SpeachesTtsVoice));
        RuleFor(update => update.Settings.TtsProvider)
            .MaximumLength(UserConfig.VoiceMaxLength)
            .WithAppError(AccountErrors.VoiceInvalid)
            .OverridePropertyName(nameof(Settings.TtsProvider));
        RuleFor(update => update.Settings.SpeechSpeed)
            .Must(SpeechSpeed.IsValid)
            .WithAppError(SpeechErrors.SpeedInvalid)
            .OverridePropertyName(nameof(Settings.SpeechSpeed));
    }
}

internal sealed class UpdateSettingsHandler(IJarvisDb db, ISpeechProviders providers) : IRequestHandler<UpdateSettings, Result<Settings>>
{
    public async Task<Result<Settings>> Handle(UpdateSettings request, CancellationToken cancellationToken)
    {
        var chosen = request.Settings;
        var config = await db.UserConfigs.OwnedBy(request.User).SingleAsync(cancellationToken);
        var voice = ResolveVoiceAsync(chosen, Settings.From(config));
        if (voice.Error is { } error)
        {
            return error;
        }

        config.SetModel(chosen.Model, new Temperature(chosen.Temperature));
        var (provider, model, name) = voice.Value;
        config.SetVoice(chosen.SpeachesEnabled, provider, model, name, new SpeechSpeed(chosen.SpeechSpeed));
        config.SetAppearance(chosen.Language, chosen.Theme);
        config.SetLocalModelsOnly(chosen.MemoryLocalOnly);
        await db.SaveChangesAsync(cancellationToken);

        return Settings.From(config);
    }

    private Result<VoiceRequest> ResolveVoiceAsync(Settings chosen, Settings current)
    {
        var (voiceRequest, before) = (ToVoiceRequest(chosen), ToVoiceRequest(current));

        // A stored value may have left the catalog since. An unrelated change must still succeed.
        if (voiceRequest == before || voiceRequest.IsOpen)
        {
            return voiceRequest;
        }

        var found = VoiceResolver.Resolve(providers.List(), voiceRequest, before, chosen.Language ?? "");
        if (found.Error is { } error)
        {
            return error with { Fields = error.Fields.ToDictionary(field => ToSetting(field.Key), field => field.Value) };
        }

        // A voice determines its model and server. A server or model alone does not select a voice.
        return new VoiceRequest(
            found.Value.Provider.Id,
            voiceRequest.Model is null && voiceRequest.Voice is null ? null : found.Value.Model.Id,
            voiceRequest.Voice);
    }

    private static VoiceRequest ToVoiceRequest(Settings settings) => new(settings.TtsProvider, settings.SpeachesTtsModel, settings.SpeachesTtsVoice);

    private static string ToSetting(string field) => field switch
    {
        "provider" => "ttsProvider",
        "model" => "speachesTtsModel",
        _ => "speachesTtsVoice",
    };
}
