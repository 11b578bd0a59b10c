namespace Jarvis.TestSupport.Services;

/// <summary>Reads the requests of one connection; the bytes arrive in chunks of any size.</summary>
public interface IRequestReader
{
    /// <summary>Reads the message at the start of the bytes.</summary>
    /// <param name="request">Request that this message completes; null if it completes none.</param>
    /// <returns>Length of the message in bytes; 0 if the message is incomplete.</returns>
    int Read(ReadOnlySpan<byte> bytes, out TcpRequest? request);
}

/// <summary>One round trip.</summary>
/// <param name="Statements">Full text of the statements that the client asks the server to parse.</param>
public sealed record TcpRequest(string Summary, IReadOnlyList<string> Statements);
