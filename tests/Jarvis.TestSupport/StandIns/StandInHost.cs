using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Jarvis.TestSupport.StandIns;

/// <summary>Server of a test: serves real HTTP on the loopback address and aborts its requests when it stops.</summary>
public abstract class StandInHost : IAsyncDisposable
{
    private readonly CancellationTokenSource stopping = new();
    private WebApplication app = null!;
    private int disposed;

    /// <summary>Address of the server; it ends with a slash.</summary>
    public Uri Root { get; private set; } = null!;

    public int Port => Root.Port;

    public bool IsStopped => Volatile.Read(ref disposed) == 1;

    /// <summary>Aborts the running requests, then closes the port. A test may stop a server before its fixture does.</summary>
    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (Interlocked.Exchange(ref disposed, 1) == 1)
        {
            return;
        }

        await stopping.CancelAsync();
        await app.StopAsync();
        await app.DisposeAsync();
        stopping.Dispose();
        DisposeResources();
    }

    /// <param name="port">Port; 0 selects a free one.</param>
    /// <param name="everywhere">True to accept requests from other machines.</param>
    protected static async Task<THost> StartAsync<THost>(THost host, int port = 0, bool everywhere = false)
        where THost : StandInHost
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(everywhere ? IPAddress.Any : IPAddress.Loopback, port));
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(2));
        host.app = builder.Build();
        host.app.Use(host.AbortOnStopAsync);
        host.Map(host.app);
        await host.app.StartAsync();
        host.Root = new Uri(host.app.Urls.Single().Replace("0.0.0.0", "127.0.0.1", StringComparison.Ordinal) + "/");

        return host;
    }

    protected abstract void Map(WebApplication app);

    protected virtual void DisposeResources()
    {
    }

    private async Task AbortOnStopAsync(HttpContext context, RequestDelegate next)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping.Token);
        context.RequestAborted = ending.Token;
        try
        {
            await next(context);
        }
        catch (OperationCanceledException)
        {
            context.Abort();
        }
    }
}
