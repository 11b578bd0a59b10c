using System.Net.Http.Headers;
using System.Net.Http.Json;
using Jarvis.Application.Discord;
using Jarvis.Infrastructure.Common;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Jarvis.Infrastructure.Integrations.Discord;

public static class DiscordCommandRegistration
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(1);

    /// <summary>Registers the services for <see cref="RegisterDiscordCommandsAsync"/>.</summary>
    public static IServiceCollection AddDiscordCommands(this IServiceCollection services, IConfiguration configuration) =>
        services.AddDiscordHttp(configuration);

    /// <summary>Replaces the commands that Discord knows with those of this version, and returns their number.</summary>
    /// <exception cref="StartupException">The registration fails. The message contains the cause and the remedy in one line.</exception>
    public static async Task<int> RegisterDiscordCommandsAsync(this IServiceProvider services)
    {
        var options = services.GetRequiredService<IOptions<DiscordOptions>>().Value;
        if (options.ClientId is null || options.BotToken is null)
        {
            throw new StartupException("Registering the commands needs Discord:ClientId and Discord:BotToken: set both, and run this again.");
        }

        var commands = DiscordCommands.All;
        var result = await services.GetRequiredService<DiscordApiClient>().SendAsync(
            "commands",
            () => new HttpRequestMessage(HttpMethod.Put, options.Api($"applications/{options.ClientId}/commands"))
            {
                Headers = { Authorization = new AuthenticationHeaderValue("Bot", options.BotToken) },
                Content = JsonContent.Create(commands),
            },
            Timeout,
            CancellationToken.None);

        return result switch
        {
            DiscordApiResult.Success => commands.Count,
            DiscordApiResult.Rejected { Status: var status } => throw new StartupException(DiscordErrors.CommandsRejected((int)status).Message),
            DiscordApiResult.RateLimited { Wait: var wait } => throw new StartupException(DiscordErrors.RateLimited(wait).Message),
            _ => throw new StartupException(DiscordErrors.Unavailable.Message),
        };
    }
}
