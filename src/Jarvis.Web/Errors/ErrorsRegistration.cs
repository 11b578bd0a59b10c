using Microsoft.AspNetCore.Diagnostics;

namespace Jarvis.Web.Errors;

internal static class ErrorsRegistration
{
    public static IServiceCollection AddJarvisErrors(this IServiceCollection services)
    {
        services.AddExceptionHandler<GlobalExceptionHandler>();
        services.AddSingleton<IErrorText, ErrorText>();
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);

        return services;
    }

    public static IApplicationBuilder UseJarvisErrors(this IApplicationBuilder app)
    {
        app.UseExceptionHandler("/error");
        app.UseStatusCodePages(async context =>
        {
            var http = context.HttpContext;
            if (ProblemDetailsFactory.WantsProblemDetails(http) && http.Response.StatusCode == StatusCodes.Status404NotFound)
            {
                await ProblemDetailsFactory.WriteAsync(http, WebErrors.NotFound);
            }
        });
        app.UseWhen(
            context => !ProblemDetailsFactory.WantsProblemDetails(context),
            pages => pages.UseStatusCodePagesWithReExecute("/error", "?status={0}"));

        return app;
    }
}
