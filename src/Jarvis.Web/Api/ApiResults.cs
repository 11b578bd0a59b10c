using Jarvis.Domain.Common;
using Jarvis.Web.Errors;

namespace Jarvis.Web.Api;

internal static class ApiResults
{
    /// <summary>Returns the value as JSON, or the error as a problem document.</summary>
    public static Microsoft.AspNetCore.Http.IResult ToHttp<T>(this Result<T> result, Func<T, object?> select) =>
        result.Error is { } error ? new Problem(error) : Results.Json(select(result.Value));

    public static Microsoft.AspNetCore.Http.IResult ToHttp(this Result result) =>
        result.Error is { } error ? new Problem(error) : Results.NoContent();

    public static Microsoft.AspNetCore.Http.IResult ToProblem(Error error) => new Problem(error);

    /// <summary>Returns an error of one field as a problem document.</summary>
    public static Microsoft.AspNetCore.Http.IResult ToProblem(string field, Error error) =>
        new Problem(error with { Fields = new Dictionary<string, IReadOnlyList<Error>> { [field] = [error] } });

    private sealed class Problem(Error error) : Microsoft.AspNetCore.Http.IResult
    {
        public Task ExecuteAsync(HttpContext httpContext) => ProblemDetailsFactory.WriteAsync(httpContext, error);
    }
}
