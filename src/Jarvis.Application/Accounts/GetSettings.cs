using Jarvis.Application.Common;
using Jarvis.Domain.Accounts;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Jarvis.Application.Accounts;

public sealed record GetSettings(UserId User) : IRequest<Settings>;

/// <param name="Model">Null where Jarvis takes the best that is there.</param>
/// <param name="Language">Null where the browser decides.</param>
/// <param name="MemoryLocalOnly">Whether memory is kept from models on others' machines.</param>
/// <param name="SpeechSpeed">How quickly the voice speaks; 1 is its own pace.</param>
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
