using Jarvis.Web.Errors;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace Jarvis.Web.Accounts;

internal static class AuthenticationRegistration
{
    private const string TokenOrSession = "TokenOrSession";
    private static readonly TimeSpan SessionLifetime = TimeSpan.FromDays(14);

    public static IServiceCollection AddJarvisAuthentication(this IServiceCollection services)
    {
        services.AddSingleton<CaptchaWidget>();
        services
            .AddAuthentication(TokenOrSession)
            .AddPolicyScheme(TokenOrSession, displayName: null, options => options.ForwardDefaultSelector = context =>
                TokenAuthentication.HasToken(context.Request) ? TokenAuthentication.SchemeName : CookieAuthenticationDefaults.AuthenticationScheme)
            .AddScheme<AuthenticationSchemeOptions, TokenAuthentication>(TokenAuthentication.SchemeName, configureOptions: null)
            .AddCookie(options =>
            {
                options.Cookie.Name = "jarvis-session";
                options.Cookie.HttpOnly = true;
                options.Cookie.SameSite = SameSiteMode.Lax;
                options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
                options.ExpireTimeSpan = SessionLifetime;
                options.SlidingExpiration = true;
                options.LoginPath = "/account/login";
                options.ReturnUrlParameter = "returnUrl";
                options.Events.OnRedirectToLogin = ChallengeOrRedirect;
                options.Events.OnRedirectToAccessDenied = Challenge;
            });

        // Routes require a signed-in user unless they allow anonymous access explicitly, so that no new route is left open.
        services.AddAuthorizationBuilder().SetFallbackPolicy(new Microsoft.AspNetCore.Authorization.AuthorizationPolicyBuilder()
            .RequireAuthenticatedUser()
            .Build());
        services.AddAntiforgery(options =>
        {
            options.HeaderName = "X-CSRF-TOKEN";
            options.Cookie.Name = "jarvis-antiforgery";
            options.Cookie.HttpOnly = true;
            options.Cookie.SameSite = SameSiteMode.Strict;
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;

            // The content security policy sets frame-ancestors, and Hosting/SecurityHeaders sets this header for old browsers.
            options.SuppressXFrameOptionsHeader = true;
        });

        return services;
    }

    private static Task ChallengeOrRedirect(RedirectContext<CookieAuthenticationOptions> context)
    {
        if (ProblemDetailsFactory.WantsProblemDetails(context.HttpContext))
        {
            return ProblemDetailsFactory.WriteAsync(context.HttpContext, WebErrors.Unauthenticated);
        }

        context.Response.Redirect(context.RedirectUri);

        return Task.CompletedTask;
    }

    private static Task Challenge(RedirectContext<CookieAuthenticationOptions> context)
    {
        if (ProblemDetailsFactory.WantsProblemDetails(context.HttpContext))
        {
            return ProblemDetailsFactory.WriteAsync(context.HttpContext, WebErrors.Forbidden);
        }

        // The error page reads it from there.
        context.HttpContext.Items[typeof(Domain.Common.Error)] = WebErrors.Forbidden;
        context.Response.StatusCode = StatusCodes.Status403Forbidden;

        return Task.CompletedTask;
    }
}
