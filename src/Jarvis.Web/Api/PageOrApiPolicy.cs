using Jarvis.Web.Errors;
using Microsoft.AspNetCore.Routing.Matching;

namespace Jarvis.Web.Api;

/// <summary>Chooses between a page and an API endpoint at the same URL (<c>/settings</c>): a client that accepts HTML gets the page.</summary>
internal sealed class PageOrApiPolicy : MatcherPolicy, IEndpointSelectorPolicy
{
    public override int Order => int.MaxValue;

    public bool AppliesToEndpoints(IReadOnlyList<Endpoint> endpoints) =>
        endpoints.Any(IsApi) && endpoints.Any(endpoint => !IsApi(endpoint));

    public Task ApplyAsync(HttpContext httpContext, CandidateSet candidates)
    {
        var page = httpContext.Request.AcceptsHtml();
        for (var i = 0; i < candidates.Count; i++)
        {
            if (IsApi(candidates[i].Endpoint) == page && HttpMethods.IsGet(httpContext.Request.Method))
            {
                candidates.SetValidity(i, false);
            }
        }

        return Task.CompletedTask;
    }

    private static bool IsApi(Endpoint endpoint) => endpoint.Metadata.GetMetadata<ApiEndpoint>() is not null;
}
