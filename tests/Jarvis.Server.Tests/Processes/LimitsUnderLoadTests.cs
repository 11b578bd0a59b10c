using System.Net;

namespace Jarvis.Server.Tests.Processes;

public sealed class LimitsUnderLoadTests(RealServices services)
{
    private const int Requests = 10_000;
    private const int Clients = 50;
    private const int Permits = 2_000;

    [Fact]
    public async Task Rate_limit_holds_for_ten_thousand_requests_over_two_processes()
    {
        await using var server = await JarvisServer.StartAsync(services, ("RateLimits:AccessToken:Permits", $"{Permits}"), ("RateLimits:AccessToken:Per", "06:00:00"));
        var webs = await Task.WhenAll(server.StartAndWaitAsync(JarvisProgram.Web), server.StartAndWaitAsync(JarvisProgram.Web));
        var addresses = await Task.WhenAll(webs.Select(web => web.AddressAsync()));
        using var person = await JarvisClient.RegisterAsync(addresses[0]);
        var token = await person.CreateTokenAsync();

        var statuses = await Task.WhenAll(Enumerable.Range(0, Clients).Select(client => AskAsync(addresses[client % 2], token)));

        var counted = statuses.SelectMany(perClient => perClient).ToLookup(status => status);
        counted.Select(status => status.Key).Should().BeEquivalentTo([HttpStatusCode.OK, HttpStatusCode.TooManyRequests]);
        counted.Sum(status => status.Count()).Should().Be(Requests);
        counted[HttpStatusCode.OK].Count().Should().BeInRange(Permits, Permits + (Permits / 50));
    }

    private static async Task<HttpStatusCode[]> AskAsync(Uri address, string token)
    {
        using var client = JarvisClient.WithToken(address, "", token);
        var statuses = new HttpStatusCode[Requests / Clients];
        for (var i = 0; i < statuses.Length; i++)
        {
            using var answer = await client.RawAsync(HttpMethod.Get, "/settings");
            statuses[i] = answer.StatusCode;
        }

        return statuses;
    }
}
