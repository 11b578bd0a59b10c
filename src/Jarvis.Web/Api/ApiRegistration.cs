using System.Text.Json;
using System.Text.Json.Serialization;
using Jarvis.Application.Common;
using Jarvis.Web.Errors;
using Jarvis.Web.RateLimiting;
using Jarvis.Web.Uploads;

namespace Jarvis.Web.Api;

internal static class ApiRegistration
{
    public static IServiceCollection AddJarvisApi(this IServiceCollection services)
    {
        services.AddSingleton<ChatResponseWriter>();
        services.AddSingleton<MemoryFileReader>();
        services.AddSingleton<MatcherPolicy, PageOrApiPolicy>();
        services.ConfigureHttpJsonOptions(options =>
        {
            options.SerializerOptions.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
            options.SerializerOptions.Converters.Add(new IdJsonConverter());
        });

        return services;
    }

    public static RouteGroupBuilder MapApi(this IEndpointRouteBuilder routes, string prefix) =>
        routes.MapGroup(prefix).WithMetadata(ApiEndpoint.Mark).WithRateLimit(RateLimitPolicies.AccessToken);

    /// <summary>Returns the JSON response of a paged list.</summary>
    public static object ToResponse<T>(this Page<T> page, Func<T, object> row) => new
    {
        items = page.Items.Select(row),
        page = page.Number,
        pageSize = page.Size,
        total = page.Total,
        hasMore = page.HasMore,
    };
}
