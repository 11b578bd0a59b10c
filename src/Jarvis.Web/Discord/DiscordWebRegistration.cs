using Jarvis.Application.Discord;

namespace Jarvis.Web.Discord;

internal static class DiscordWebRegistration
{
    public static IServiceCollection AddDiscordWeb(this IServiceCollection services)
    {
        services.AddSingleton<DiscordTexts>();
        services.AddSingleton<IDiscordQuestionTexts>(provider => provider.GetRequiredService<DiscordTexts>());
        services.AddSingleton<IInteractionTokenProtector, InteractionTokenProtector>();
        services.AddScoped<MemoryCommands>();
        services.AddScoped<InteractionHandler>();
        services.AddSingleton<DiscordQuestionAnswerer>();
        services.AddSingleton<DiscordQuestionProcessor>();
        services.AddSingleton<DiscordQuestionWorker>();
        services.AddHostedService(provider => provider.GetRequiredService<DiscordQuestionWorker>());

        return services;
    }
}
