using Jarvis.Domain.Common;
using Jarvis.Web.Errors;

namespace Jarvis.Web.Api;

internal static class ApiResults
{
    /// <summary>The value as JSON, or the refusal as a problem document.</summary>
    public static Microsoft.AspNetCore.Http.IResult ToHttp<T>(this Result<T> result, Func<T, object?> shown) =>
        result.Error is { } error ? new Problem(error) : Results.Json(shown(result.Value));

    public static Microsoft.AspNetCore.Http.IResult ToHttp(this Result result) =>
        result.Error is { } error ? new Problem(error) : Results.NoContent();

    public static Microsoft.AspNetCore.Http.IResult ToProblem(Error error) => new Problem(error);

    /// <summary>Of one field.</summary>
    public static Microsoft.AspNetCore.Http.IResult ToProblem(string field, Error error) =>
        new Problem(error with { Fields = new Dictionary<string, IReadOnlyList<Error>> { [field] = [error] } });

    private sealed class Problem(Error error) : Microsoft.AspNetCore.Http.IResult
    {
        public Task ExecuteAsync(HttpContext httpContext) => ProblemDetailsFactory.WriteAsync(httpContext, error);
    }
}
