namespace Jarvis.Web.Discord;

internal static class DiscordWebRegistration
{
    public static IServiceCollection AddDiscordWeb(this IServiceCollection services)
    {
        services.AddSingleton<DiscordTexts>();
        services.AddSingleton<InteractionTokens>();
        services.AddScoped<MemoryCommands>();
        services.AddScoped<InteractionHandler>();
        services.AddSingleton<QuestionAnswerer>();
        services.AddSingleton<QuestionProcessor>();
        services.AddSingleton<DiscordQuestionWorker>();
        services.AddHostedService(provider => provider.GetRequiredService<DiscordQuestionWorker>());

        return services;
    }
}
