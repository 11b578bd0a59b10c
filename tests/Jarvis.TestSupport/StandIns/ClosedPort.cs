using System.Net;
using System.Net.Sockets;

namespace Jarvis.TestSupport.StandIns;

/// <summary>A port at which connections are refused, and which nobody else takes meanwhile: it is bound and does not listen.</summary>
public sealed class ClosedPort : IDisposable
{
    private readonly Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    public ClosedPort() => socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));

    public int Number => ((IPEndPoint)socket.LocalEndPoint!).Port;

    public Uri BaseUrl => new($"http://127.0.0.1:{Number}/v1");

    public void Dispose() => socket.Dispose();
}
