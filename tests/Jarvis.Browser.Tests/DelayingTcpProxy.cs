using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Jarvis.Browser.Tests;

/// <summary>Proxy between browser and Jarvis that can cut the connection in the middle of an answer.</summary>
internal sealed class DelayingTcpProxy : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<NetworkStream, NetworkStream> lines = [];
    private readonly CancellationTokenSource closing = new();
    private readonly int target;
    private readonly Task accepting;

    public DelayingTcpProxy(Uri target)
    {
        this.target = target.Port;
        listener.Start();
        accepting = AcceptAsync();
    }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/");

    /// <summary>Cuts all open connections; new ones are accepted.</summary>
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
        await accepting;
        listener.Dispose();
        closing.Dispose();
    }

    private async Task AcceptAsync()
    {
        var carrying = new List<Task>();
        try
        {
            while (true)
            {
                carrying.Add(ForwardAsync(await listener.AcceptSocketAsync(closing.Token)));
            }
        }
        catch (OperationCanceledException)
        {
            Cut();
            await Task.WhenAll(carrying);
        }
    }

    private async Task ForwardAsync(Socket accepted)
    {
        await using var inward = new NetworkStream(accepted, ownsSocket: true);
        var connected = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await using var outward = new NetworkStream(await ConnectAsync(connected), ownsSocket: true);
        lines[inward] = outward;

        // The side that ends first ends the other.
        var copies = new[] { CopyAsync(inward, outward), CopyAsync(outward, inward) };
        await Task.WhenAny(copies);
        inward.Dispose();
        outward.Dispose();
        await Task.WhenAll(copies);
        lines.TryRemove(inward, out _);
    }

    private async Task<Socket> ConnectAsync(Socket socket)
    {
        await socket.ConnectAsync(IPAddress.Loopback, target);

        return socket;
    }

    private static async Task CopyAsync(NetworkStream from, NetworkStream to)
    {
        try
        {
            await from.CopyToAsync(to);
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            // The connection was cut on purpose.
        }
    }
}
