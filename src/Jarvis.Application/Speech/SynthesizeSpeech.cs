using System.Globalization;
using FluentValidation;
using Jarvis.Application.Common;
using Jarvis.Application.Pipeline;
using Jarvis.Application.Speech.Text;
using Jarvis.Domain.Common;
using Jarvis.Domain.Speech;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Jarvis.Application.Speech;

/// <summary>Synthesizes a text. The user's settings apply to everything that the request leaves open.</summary>
/// <param name="Speed">Speed; null for the speed in the user's settings.</param>
public sealed record SynthesizeSpeech(UserId User, string Text, VoiceRequest Voice, SpeechFormat Format = SpeechFormat.Mp3, float? Speed = null)
    : IRequest<Result<AudioStream>>;

internal sealed class SynthesizeSpeechValidator : AbstractValidator<SynthesizeSpeech>
{
    public SynthesizeSpeechValidator()
    {
        RuleFor(speech => speech.Text)
            .Must(text => text.Length <= SpeechErrors.TextMaxLength)
            .WithState((_, text) => SpeechErrors.TextTooLong(text.Length));
        RuleFor(speech => speech.Text)
            .Must(text => SpeechTextSanitizer.IsAudible(SpeechTextSanitizer.Sanitize(text)))
            .When(speech => speech.Text.Length <= SpeechErrors.TextMaxLength)
            .WithAppError(SpeechErrors.TextEmpty);
        RuleFor(speech => speech.Speed)
            .Must(speed => speed is null || SpeechSpeed.IsValid(speed.Value))
            .WithAppError(SpeechErrors.SpeedInvalid);
    }
}

internal sealed class SynthesizeSpeechHandler(IJarvisDb db, ISpeechProviders providers, ISpeechSynthesizer synthesizer)
    : IRequestHandler<SynthesizeSpeech, Result<AudioStream>>
{
    public async Task<Result<AudioStream>> Handle(SynthesizeSpeech request, CancellationToken cancellationToken)
    {
        var config = await db.UserConfigs.OwnedBy(request.User).AsNoTracking().SingleAsync(cancellationToken);
        var language = config.Language ?? CultureInfo.CurrentUICulture.TwoLetterISOLanguageName;
        var found = VoiceResolver.Resolve(providers.List(), request.Voice, config, language);
        if (found.Error is { } error)
        {
            return error;
        }

        var (provider, model, voice) = found.Value;
        if (!provider.IsConfigured)
        {
            return providers.List().Any(other => other.IsConfigured) ? SpeechErrors.ProviderOff(provider.Name) : SpeechErrors.NotConfigured;
        }

        var speed = request.Speed is { } requested ? new SpeechSpeed(requested) : config.SpeechSpeed;
        var text = string.Join(' ', SpeechTextStream.Split(request.Text, voice.Language[..2]).Select(sentence => sentence.Text));
        if (!SpeechTextSanitizer.IsAudible(text))
        {
            return SpeechErrors.TextEmpty;
        }

        return await synthesizer.SynthesizeAsync(new SpeechRequest(provider.Id, model.Id, voice.Id, speed, request.Format, text), cancellationToken);
    }
}
