using System.Text.Json;
using System.Text.Json.Serialization;
using Jarvis.Application.Common;
using Jarvis.Web.RateLimiting;

namespace Jarvis.Web.Api;

internal static class ApiRegistration
{
    public static IServiceCollection AddJarvisApi(this IServiceCollection services)
    {
        services.AddSingleton<ChatResponseWriter>();
        services.AddSingleton<MemoryUpload>();
        services.AddSingleton<MatcherPolicy, PageOrApiPolicy>();
        services.ConfigureHttpJsonOptions(options =>
        {
            options.SerializerOptions.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
            options.SerializerOptions.Converters.Add(new IdJsonConverter());
        });

        return services;
    }

    public static RouteGroupBuilder MapApi(this IEndpointRouteBuilder routes, string prefix) =>
        routes.MapGroup(prefix).WithMetadata(ApiEndpoint.Mark).Limited(new LimitTokenAttribute());

    /// <summary>A list as it goes out.</summary>
    public static object ToResponse<T>(this Page<T> page, Func<T, object> row) => new
    {
        items = page.Items.Select(row),
        page = page.Number,
        pageSize = page.Size,
        total = page.Total,
        hasMore = page.HasMore,
    };
}
