using FluentValidation;
using Jarvis.Application.Common;
using Jarvis.Application.Conversations;
using Jarvis.Application.Pipeline;
using Jarvis.Domain.Accounts;
using Jarvis.Domain.Common;
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
    }
}

internal sealed class UpdateSettingsHandler(IJarvisDb db) : IRequestHandler<UpdateSettings, Result<Settings>>
{
    public async Task<Result<Settings>> Handle(UpdateSettings request, CancellationToken cancellationToken)
    {
        var chosen = request.Settings;
        var config = await db.UserConfigs.OwnedBy(request.User).SingleAsync(cancellationToken);
        config.ChooseModel(chosen.Model, new Temperature(chosen.Temperature));
        config.ChooseVoice(chosen.SpeachesEnabled, chosen.TtsProvider, chosen.SpeachesTtsModel, chosen.SpeachesTtsVoice);
        config.ChooseLook(chosen.Language, chosen.Theme);
        config.KeepMemoryLocal(chosen.MemoryLocalOnly);
        await db.SaveChangesAsync(cancellationToken);

        return Settings.Of(config);
    }
}
