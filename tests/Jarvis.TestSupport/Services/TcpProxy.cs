using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Jarvis.TestSupport.Services;

/// <summary>Proxy before a TCP server that makes the server unavailable or records the requests to it.</summary>
public sealed class TcpProxy : IDisposable
{
    private readonly ConcurrentDictionary<Socket, byte> open = new();
    private readonly ConcurrentQueue<TcpRequest> requests = new();
    private readonly IPEndPoint server;
    private readonly Func<IRequestReader>? createReader;
    private readonly IPEndPoint endpoint;
    private volatile TcpListener? listener;
    private volatile bool stalled;

    /// <param name="createReader">Creates the reader of one connection; null if no requests are recorded.</param>
    public TcpProxy(IPEndPoint server, Func<IRequestReader>? createReader = null)
    {
        (this.server, this.createReader) = (server, createReader);
        endpoint = Listen(new IPEndPoint(IPAddress.Loopback, 0));
    }

    public TcpProxy(int serverPort, Func<IRequestReader>? createReader = null)
        : this(new IPEndPoint(IPAddress.Loopback, serverPort), createReader)
    {
    }

    public int Port => endpoint.Port;

    /// <summary>Address of the proxy, for a server that serves HTTP.</summary>
    public Uri Address => new($"http://127.0.0.1:{Port}/");

    /// <summary>One line for each round trip.</summary>
    public IReadOnlyList<string> Requests => [.. requests.Select(request => request.Summary)];

    /// <summary>Full text of each statement that a client asked PostgreSQL to parse; a repeated statement is repeated.</summary>
    public IReadOnlyList<string> Statements => [.. requests.SelectMany(request => request.Statements)];

    /// <summary>Removes the recorded requests.</summary>
    public void Clear() => requests.Clear();

    /// <summary>Resets all connections and refuses new ones.</summary>
    public void Cut()
    {
        listener?.Stop();
        listener = null;
        foreach (var socket in open.Keys)
        {
            socket.Dispose();
        }
    }

    /// <summary>Closes all connections without a reset and accepts new ones.</summary>
    public void CutConnections()
    {
        foreach (var socket in open.Keys)
        {
            Close(socket);
        }
    }

    /// <summary>Keeps all connections open and forwards nothing.</summary>
    public void Stall() => stalled = true;

    /// <summary>Accepts and forwards again. Open connections are closed, because what they lost while they were stalled cannot be sent again.</summary>
    public void Restore()
    {
        Cut();
        stalled = false;
        Listen(endpoint);
    }

    public void Dispose() => Cut();

    private IPEndPoint Listen(IPEndPoint at)
    {
        var started = new TcpListener(at);
        started.Start();
        listener = started;
        _ = AcceptAsync(started);

        return (IPEndPoint)started.LocalEndpoint;
    }

    private async Task AcceptAsync(TcpListener on)
    {
        try
        {
            while (true)
            {
                _ = ForwardAsync(await on.AcceptSocketAsync());
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // The proxy stopped listening.
        }
    }

    private async Task ForwardAsync(Socket client)
    {
        using var upstream = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            open[client] = open[upstream] = 0;
            if (listener is null)
            {
                return;
            }

            client.NoDelay = upstream.NoDelay = true;
            await upstream.ConnectAsync(server);
            Task[] copies = [CopyAsync(client, upstream, createReader?.Invoke()), CopyAsync(upstream, client, reader: null)];
            await Task.WhenAny(copies);
            Close(client);
            Close(upstream);
            await Task.WhenAll(copies);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // One side closed the connection, or the proxy cut it.
        }
        finally
        {
            client.Dispose();
            open.TryRemove(client, out _);
            open.TryRemove(upstream, out _);
        }
    }

    private async Task CopyAsync(Socket from, Socket to, IRequestReader? reader)
    {
        var buffer = new byte[64 * 1024];
        var unread = new List<byte>();
        int read;
        while ((read = await from.ReceiveAsync(buffer)) > 0)
        {
            if (reader is not null)
            {
                unread.AddRange(buffer.AsSpan(0, read));
                Record(reader, unread);
            }

            if (!stalled)
            {
                await to.SendAsync(buffer.AsMemory(0, read));
            }
        }
    }

    // Disposing a socket during a receive resets the connection, unless the socket was shut down before.
    private static void Close(Socket socket)
    {
        try
        {
            socket.Shutdown(SocketShutdown.Both);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The socket is not connected.
        }

        socket.Dispose();
    }

    private void Record(IRequestReader reader, List<byte> unread)
    {
        var bytes = CollectionsMarshal.AsSpan(unread);
        var at = 0;
        while (reader.Read(bytes[at..], out var request) is > 0 and var length)
        {
            at += length;
            if (request is not null)
            {
                requests.Enqueue(request);
            }
        }

        unread.RemoveRange(0, at);
    }
}
