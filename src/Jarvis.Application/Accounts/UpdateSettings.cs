using System.Linq.Expressions;
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
        Require(update => update.Settings.Model, model => models.Find(model).Error is null, AccountErrors.ModelUnknown);
        Require(update => update.Settings.Temperature, Temperature.IsValid, AccountErrors.TemperatureInvalid);
        Require(update => update.Settings.Language, Languages.Contains, AccountErrors.LanguageUnknown);
        Require(update => update.Settings.SpeachesTtsModel, IsVoice, AccountErrors.VoiceInvalid);
        Require(update => update.Settings.SpeachesTtsVoice, IsVoice, AccountErrors.VoiceInvalid);
        Require(update => update.Settings.TtsProvider, IsVoice, AccountErrors.VoiceInvalid);
        Require(update => update.Settings.SpeechSpeed, SpeechSpeed.IsValid, SpeechErrors.SpeedInvalid);
    }

    private void Require<T>(Expression<Func<UpdateSettings, T>> setting, Func<T, bool> isValid, Error error) =>
        RuleFor(setting).Must(isValid).WithAppError(error).OverridePropertyName(((MemberExpression)setting.Body).Member.Name);

    private static bool IsVoice(string? name) => name is null or { Length: <= UserConfig.VoiceMaxLength };
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
