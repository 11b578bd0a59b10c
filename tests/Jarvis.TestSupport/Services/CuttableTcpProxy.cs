using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Jarvis.TestSupport.Services;

/// <summary>A line to a server that can be cut and mended: the server is away, as far as whoever uses the line can see.</summary>
public sealed class CuttableTcpProxy : IDisposable
{
    private readonly ConcurrentDictionary<Socket, byte> open = new();
    private readonly IPEndPoint server;
    private readonly IPEndPoint end;
    private TcpListener? listener;
    private volatile bool silent;

    public CuttableTcpProxy(IPEndPoint server)
    {
        this.server = server;
        listener = new TcpListener(IPAddress.Loopback, port: 0);
        listener.Start();
        end = (IPEndPoint)listener.LocalEndpoint;
        _ = AcceptAsync(listener);
    }

    public int Port => end.Port;

    /// <summary>Connections break and new ones are refused.</summary>
    public void Cut()
    {
        listener?.Stop();
        listener = null;
        foreach (var socket in open.Keys)
        {
            socket.Dispose();
        }
    }

    /// <summary>Connections stay and nothing comes back any more.</summary>
    public void Stall() => silent = true;

    public void Restore()
    {
        if (silent)
        {
            // What was swallowed cannot be brought back: those connections are of no more use.
            Cut();
            silent = false;
        }

        listener = new TcpListener(end);
        listener.Start();
        _ = AcceptAsync(listener);
    }

    public void Dispose() => Cut();

    private async Task AcceptAsync(TcpListener on)
    {
        try
        {
            while (true)
            {
                var client = await on.AcceptSocketAsync();
                var upstream = new Socket(SocketType.Stream, ProtocolType.Tcp);
                open[client] = open[upstream] = 0;
                await upstream.ConnectAsync(server);
                _ = CopyAsync(client, upstream);
                _ = CopyAsync(upstream, client);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // Cut.
        }
    }

    private async Task CopyAsync(Socket from, Socket to)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            int read;
            while ((read = await from.ReceiveAsync(buffer)) > 0)
            {
                if (!silent)
                {
                    await to.SendAsync(buffer.AsMemory(0, read));
                }
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Cut, or one side left.
        }
        finally
        {
            foreach (var socket in new[] { from, to })
            {
                open.TryRemove(socket, out _);
                socket.Dispose();
            }
        }
    }
}
