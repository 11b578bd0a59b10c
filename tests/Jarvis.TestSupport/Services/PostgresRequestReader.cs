using System.Buffers.Binary;
using System.Text;

namespace Jarvis.TestSupport.Services;

/// <summary>Reads the requests of a PostgreSQL client that does not encrypt. A round trip ends with Sync or is a simple Query.</summary>
public sealed class PostgresRequestReader : IRequestReader
{
    private const int MaxPartLength = 120;

    private readonly List<string> parts = [];
    private readonly List<string> statements = [];
    private bool hasStarted;

    public int Read(ReadOnlySpan<byte> bytes, out TcpRequest? request)
    {
        request = null;

        // The first message of a connection has no type.
        var header = hasStarted ? 5 : 4;
        if (bytes.Length < header || bytes.Length < header - 4 + BinaryPrimitives.ReadInt32BigEndian(bytes[(header - 4)..]))
        {
            return 0;
        }

        var end = header - 4 + BinaryPrimitives.ReadInt32BigEndian(bytes[(header - 4)..]);
        var type = hasStarted ? (char)bytes[0] : '-';
        hasStarted = true;
        request = Read(type, Encoding.UTF8.GetString(bytes[header..end]));

        return end;
    }

    private TcpRequest? Read(char type, string body)
    {
        var text = body.Replace('\0', ' ');
        switch (type)
        {
            case 'P' or 'E' or 'B':
                parts.Add($"{type}:{text[..Math.Min(text.Length, MaxPartLength)]}");
                if (type == 'P')
                {
                    // The name of the statement, which may be empty, precedes it.
                    statements.Add(body.Split('\0')[1]);
                }

                return null;
            case 'S' or 'Q':
                var request = new TcpRequest(type == 'Q' ? text : string.Join(" | ", parts), [.. statements]);
                parts.Clear();
                statements.Clear();

                return request;
            default:
                return null;
        }
    }
}
