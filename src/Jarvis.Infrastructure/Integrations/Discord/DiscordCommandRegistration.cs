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

    /// <summary>All that <see cref="RegisterDiscordCommandsAsync"/> needs.</summary>
    public static IServiceCollection AddDiscordCommands(this IServiceCollection services, IConfiguration configuration) =>
        services.AddDiscordHttp(configuration);

    /// <summary>Puts the commands of this version in the place of those that Discord knows, and answers with how many there are.</summary>
    /// <exception cref="StartupException">It cannot; the message says in one line why and what to do.</exception>
    public static async Task<int> RegisterDiscordCommandsAsync(this IServiceProvider services)
    {
        var options = services.GetRequiredService<IOptions<DiscordOptions>>().Value;
        if (options.ClientId is null || options.BotToken is null)
        {
            throw new StartupException("Registering the commands needs Discord:ClientId and Discord:BotToken: set both, and run this again.");
        }

        var commands = DiscordCommands.All;
        var answer = await services.GetRequiredService<DiscordApiClient>().SendAsync(
            "commands",
            () => new HttpRequestMessage(HttpMethod.Put, options.Api($"applications/{options.ClientId}/commands"))
            {
                Headers = { Authorization = new AuthenticationHeaderValue("Bot", options.BotToken) },
                Content = JsonContent.Create(commands),
            },
            Timeout,
            CancellationToken.None);

        return answer switch
        {
            DiscordApiResult.Success => commands.Count,
            DiscordApiResult.Rejected { Status: var status } => throw new StartupException(DiscordErrors.CommandsRejected((int)status).Message),
            DiscordApiResult.RateLimited { Wait: var wait } => throw new StartupException(DiscordErrors.RateLimited(wait).Message),
            _ => throw new StartupException(DiscordErrors.Unavailable.Message),
        };
    }
}
