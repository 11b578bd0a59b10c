using FluentValidation;
using Jarvis.Application.Conversations;
using Jarvis.Application.Imports;
using Jarvis.Application.Pipeline;
using MediatR;
using Microsoft.Extensions.DependencyInjection;

namespace Jarvis.Application;

public static class ApplicationRegistration
{
    public static IServiceCollection AddJarvisApplication(this IServiceCollection services)
    {
        services.AddScoped<ServiceFactory>(provider => provider.GetService!);
        services.AddScoped<IMediator, Mediator>();
        services.Scan(scan => scan
            .FromAssemblyOf<IApplicationMarker>()
            .AddClasses(classes => classes.AssignableTo(typeof(IRequestHandler<,>)), publicOnly: false)
            .AsImplementedInterfaces()
            .WithScopedLifetime());

        // Outermost first.
        services.AddScoped(typeof(IPipelineBehavior<,>), typeof(LoggingBehaviour<,>));
        services.AddScoped(typeof(IPipelineBehavior<,>), typeof(ValidationBehaviour<,>));
        services.AddValidatorsFromAssemblyContaining<IApplicationMarker>(includeInternalTypes: true);

        services.AddAutoMapper(typeof(IApplicationMarker));

        services.AddSingleton<TokenCounter>();
        services.AddSingleton<PromptBuilder>();
        services.AddSingleton<AnswerGenerator>();
        services.AddScoped<ChatContextLoader>();
        services.AddScoped<ConversationImportWriter>();

        return services;
    }

    private interface IApplicationMarker;
}
