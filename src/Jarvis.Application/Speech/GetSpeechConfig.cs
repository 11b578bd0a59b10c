using System.Globalization;
using Jarvis.Application.Common;
using Jarvis.Domain.Common;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Jarvis.Application.Speech;

public sealed record GetSpeechConfig(UserId User) : IRequest<SpeechConfig>;

/// <param name="IsEnabled">Indicates whether the user wants a server's voice and a server is configured.</param>
/// <param name="Answering">Ids of the available providers.</param>
/// <param name="Selected">Voice for requests that name none; null if no server is configured.</param>
public sealed record SpeechConfig(
    bool IsEnabled,
    IReadOnlyList<SpeechProvider> Providers,
    IReadOnlySet<string> Answering,
    ResolvedVoice? Selected,
    float Speed);

internal sealed class GetSpeechConfigHandler(IJarvisDb db, ISpeechProviders providers) : IRequestHandler<GetSpeechConfig, SpeechConfig>
{
    public async Task<SpeechConfig> Handle(GetSpeechConfig request, CancellationToken cancellationToken)
    {
        var config = await db.UserConfigs.OwnedBy(request.User).AsNoTracking().SingleAsync(cancellationToken);
        var language = config.Language ?? CultureInfo.CurrentUICulture.TwoLetterISOLanguageName;
        var all = providers.List();
        var isConfigured = all.Any(provider => provider.IsConfigured);
        var voice = VoiceResolver.Resolve(all, new VoiceRequest(null, null, null), config, language).Value;

        return new SpeechConfig(
            config.SpeachesEnabled && isConfigured,
            all,
            await providers.FindAvailableAsync(cancellationToken),
            isConfigured ? voice : null,
            config.SpeechSpeed.Value);
    }
}
