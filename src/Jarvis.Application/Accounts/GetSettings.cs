using Jarvis.Application.Common;
using Jarvis.Domain.Accounts;
using Jarvis.Domain.Common;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Jarvis.Application.Accounts;

public sealed record GetSettings(UserId User) : IRequest<Settings>;

/// <param name="Model">Null if Jarvis uses the best available model.</param>
/// <param name="Language">Null if the browser decides.</param>
/// <param name="MemoryLocalOnly">Jarvis does not send memories to models on external machines.</param>
/// <param name="SpeechSpeed">Speed of the voice; 1 is its normal speed.</param>
public sealed record Settings(
    string? Model,
    float Temperature,
    bool SpeachesEnabled,
    string? SpeachesTtsModel,
    string? SpeachesTtsVoice,
    string? TtsProvider,
    string? Language,
    Theme Theme,
    bool MemoryLocalOnly,
    float SpeechSpeed = 1)
{
    internal static Settings From(UserConfig config) => new(
        config.Model,
        config.Temperature.Value,
        config.SpeachesEnabled,
        config.SpeachesTtsModel,
        config.SpeachesTtsVoice,
        config.TtsProvider,
        config.Language,
        config.Theme,
        config.LocalModelsOnly,
        config.SpeechSpeed.Value);
}

internal sealed class GetSettingsHandler(IJarvisDb db) : IRequestHandler<GetSettings, Settings>
{
    public async Task<Settings> Handle(GetSettings request, CancellationToken cancellationToken) =>
        Settings.From(await db.UserConfigs.OwnedBy(request.User).AsNoTracking().SingleAsync(cancellationToken));
}
