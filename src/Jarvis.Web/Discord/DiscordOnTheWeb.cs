namespace Jarvis.Web.Discord;

internal static class DiscordOnTheWeb
{
    public static IServiceCollection AddDiscordOnTheWeb(this IServiceCollection services)
    {
        services.AddSingleton<DiscordTexts>();
        services.AddSingleton<InteractionTokens>();
        services.AddScoped<MemoryCommands>();
        services.AddScoped<InteractionDesk>();
        services.AddSingleton<QuestionAsking>();
        services.AddSingleton<QuestionDesk>();
        services.AddSingleton<DiscordAnswers>();
        services.AddHostedService(provider => provider.GetRequiredService<DiscordAnswers>());

        return services;
    }
}
