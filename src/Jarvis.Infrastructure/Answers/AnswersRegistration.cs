using Jarvis.Application.Conversations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Jarvis.Infrastructure.Answers;

internal static class AnswersRegistration
{
    /// <summary>Needs <c>AddRedis</c>.</summary>
    public static IServiceCollection AddAnswersElsewhere(this IServiceCollection services)
    {
        services.AddSingleton<RedisAnswersElsewhere>();
        services.AddSingleton<IAnswersElsewhere>(provider => provider.GetRequiredService<RedisAnswersElsewhere>());
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<RedisAnswersElsewhere>());
        services.AddSingleton<RedisRunningAnswers>();
        services.AddSingleton<IRunningAnswers>(provider => provider.GetRequiredService<RedisRunningAnswers>());
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<RedisRunningAnswers>());

        return services;
    }
}
