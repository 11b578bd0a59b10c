using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Jarvis.TestSupport.Services;

/// <summary>A line to a server on which every request is noted: what a driver really sends, whatever its own counters say.</summary>
public sealed class CountingTcpProxy : IDisposable
{
    private readonly ConcurrentQueue<string> requests = new();
    private readonly ConcurrentQueue<string> statements = new();
    private readonly ConcurrentBag<Socket> open = [];
    private readonly Func<CountingTcpProxy, IRequestReader> readerOf;
    private readonly IPEndPoint server;
    private readonly TcpListener listener = new(IPAddress.Loopback, port: 0);

    private CountingTcpProxy(IPEndPoint server, Func<CountingTcpProxy, IRequestReader> readerOf)
    {
        (this.server, this.readerOf) = (server, readerOf);
        listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>What was asked so far, for each round trip a line.</summary>
    public IReadOnlyList<string> Requests => [.. requests];

    /// <summary>The whole text of each statement that PostgreSQL was given to parse, as often as it was.</summary>
    public IReadOnlyList<string> Statements => [.. statements];

    public static CountingTcpProxy ToRedis(IPEndPoint server) => new(server, _ => new RespReader());

    /// <summary>Needs a client that does not encrypt.</summary>
    public static CountingTcpProxy ToPostgres(IPEndPoint server) => new(server, line => new PostgresReader(line.statements));

    public void Clear()
    {
        requests.Clear();
        statements.Clear();
    }

    public void Dispose()
    {
        listener.Stop();
        foreach (var socket in open)
        {
            socket.Dispose();
        }
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await listener.AcceptSocketAsync();
                var upstream = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                client.NoDelay = true;
                open.Add(client);
                open.Add(upstream);
                await upstream.ConnectAsync(server);
                _ = CopyAsync(client, upstream, readerOf(this));
                _ = CopyAsync(upstream, client, reader: null);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Disposed of.
        }
    }

    private async Task CopyAsync(Socket from, Socket to, IRequestReader? reader)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            int read;
            while ((read = await from.ReceiveAsync(buffer)) > 0)
            {
                foreach (var request in reader?.Read(buffer.AsSpan(0, read)) ?? [])
                {
                    requests.Enqueue(request);
                }

                await to.SendAsync(buffer.AsMemory(0, read));
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // One side left.
        }
        finally
        {
            from.Dispose();
            to.Dispose();
        }
    }

    /// <summary>Reads one connection's requests out of its bytes, which come in any pieces.</summary>
    private interface IRequestReader
    {
        IReadOnlyList<string> Read(ReadOnlySpan<byte> bytes);
    }

    /// <summary>A round trip ends with Sync, or is a simple Query; what was parsed and executed before it is its text.</summary>
    private sealed class PostgresReader(ConcurrentQueue<string> statements) : IRequestReader
    {
        private readonly List<byte> kept = [];
        private readonly List<string> parts = [];
        private bool hasStarted;

        public IReadOnlyList<string> Read(ReadOnlySpan<byte> bytes)
        {
            kept.AddRange(bytes);
            var found = new List<string>();
            var at = 0;
            while (Next(at) is { } message)
            {
                var text = System.Text.Encoding.UTF8.GetString([.. kept.GetRange(message.Body, message.End - message.Body)]);
                var body = text.Replace('\0', ' ');
                if (message.Type == 'P')
                {
                    // A name, which may be empty, then the statement.
                    statements.Enqueue(text.Split('\0')[1]);
                }

                switch (message.Type)
                {
                    case 'P' or 'E' or 'B':
                        parts.Add($"{message.Type}:{body[..Math.Min(body.Length, 120)]}");
                        break;
                    case 'S' or 'Q':
                        found.Add(message.Type == 'Q' ? body : string.Join(" | ", parts));
                        parts.Clear();
                        break;
                }

                at = message.End;
            }

            kept.RemoveRange(0, at);

            return found;
        }

        // The first message of a connection has no type.
        private (char Type, int Body, int End)? Next(int at)
        {
            var header = hasStarted ? 5 : 4;
            if (kept.Count < at + header)
            {
                return null;
            }

            var length = System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian([.. kept.GetRange(at + header - 4, 4)]);
            var end = at + header - 4 + length;
            if (kept.Count < end)
            {
                return null;
            }

            var type = hasStarted ? (char)kept[at] : '-';
            hasStarted = true;

            return (type, at + header, end);
        }
    }

    /// <summary>Each command, an array of bulk strings, is one round trip, though several may travel together.</summary>
    private sealed class RespReader : IRequestReader
    {
        private readonly List<byte> kept = [];

        public IReadOnlyList<string> Read(ReadOnlySpan<byte> bytes)
        {
            kept.AddRange(bytes);
            var found = new List<string>();
            var at = 0;
            while (TryCommand(at, out var command, out var end))
            {
                found.Add(command);
                at = end;
            }

            kept.RemoveRange(0, at);

            return found;
        }

        private bool TryCommand(int at, out string command, out int end)
        {
            command = "";
            if (!TryLine(at, out var count, out end))
            {
                return false;
            }

            var words = new List<string>();
            for (var i = 0; i < int.Parse(count.AsSpan(1), System.Globalization.CultureInfo.InvariantCulture); i++)
            {
                if (!TryLine(end, out var size, out var text))
                {
                    return false;
                }

                end = text + int.Parse(size.AsSpan(1), System.Globalization.CultureInfo.InvariantCulture) + 2;
                if (kept.Count < end)
                {
                    return false;
                }

                words.Add(System.Text.Encoding.Latin1.GetString([.. kept.GetRange(text, end - 2 - text)]));
            }

            command = string.Join(' ', words.Select(word => word[..Math.Min(word.Length, 60)]));

            return true;
        }

        private bool TryLine(int at, out string line, out int end)
        {
            var feed = at < kept.Count ? kept.IndexOf((byte)'\n', at) : -1;
            line = feed < 0 ? "" : System.Text.Encoding.Latin1.GetString([.. kept.GetRange(at, feed - 1 - at)]);
            end = feed + 1;

            return feed >= 0;
        }
    }
}
