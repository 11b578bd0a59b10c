namespace Jarvis.TestSupport.Output;

/// <summary>Records the cookies that Jarvis sets: sessions, forms, OAuth states.</summary>
internal sealed class CookieCaptureHandler(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        if (response.Headers.TryGetValues("Set-Cookie", out var cookies))
        {
            foreach (var cookie in cookies)
            {
                var (name, value) = (cookie.Split('=')[0], cookie.Split(';')[0]);
                GeneratedSecrets.Register($"cookie {name}", value[(name.Length + 1)..]);
            }
        }

        return response;
    }
}
