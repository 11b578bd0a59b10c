using System.Net;
using System.Net.Sockets;

namespace Jarvis.TestSupport.StandIns;

/// <summary>Port that refuses connections. It is bound but does not listen, so no other program can take it.</summary>
public sealed class ClosedPort : IDisposable
{
    private readonly Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    public ClosedPort() => socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));

    public int Number => ((IPEndPoint)socket.LocalEndPoint!).Port;

    public Uri BaseUrl => new($"http://127.0.0.1:{Number}/v1");

    public void Dispose() => socket.Dispose();
}
