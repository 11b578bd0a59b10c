using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Jarvis.Browser.Tests;

/// <summary>Stands between a browser and Jarvis, and can cut the line in the middle of an answer.</summary>
internal sealed class Relay : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<TcpClient, TcpClient> lines = [];
    private readonly CancellationTokenSource closing = new();
    private readonly Uri target;
    private readonly Task accepting;

    public Relay(Uri target)
    {
        this.target = target;
        listener.Start();
        accepting = AcceptAsync();
    }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/");

    /// <summary>All connections that there are; new ones go through.</summary>
    public void Cut()
    {
        foreach (var (inward, outward) in lines)
        {
            inward.Dispose();
            outward.Dispose();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await closing.CancelAsync();
        listener.Dispose();
        Cut();
        await accepting;
        closing.Dispose();
    }

    private async Task AcceptAsync()
    {
        var carrying = new List<Task>();
        try
        {
            while (true)
            {
                carrying.Add(CarryAsync(await listener.AcceptTcpClientAsync(closing.Token)));
            }
        }
        catch (OperationCanceledException)
        {
            Cut();
            await Task.WhenAll(carrying);
        }
    }

    private async Task CarryAsync(TcpClient inward)
    {
        using var outward = new TcpClient();
        await outward.ConnectAsync(IPAddress.Loopback, target.Port);
        lines[inward] = outward;
        await Task.WhenAll(CopyAsync(inward, outward), CopyAsync(outward, inward));
        lines.TryRemove(inward, out _);
        inward.Dispose();
    }

    private static async Task CopyAsync(TcpClient from, TcpClient to)
    {
        try
        {
            await from.GetStream().CopyToAsync(to.GetStream());
            to.Client.Shutdown(SocketShutdown.Send);
        }
        catch (Exception exception) when (exception is IOException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // The line was cut, which is what it is for.
            from.Dispose();
            to.Dispose();
        }
    }
}
