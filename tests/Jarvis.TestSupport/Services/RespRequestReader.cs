using System.Globalization;
using System.Text;

namespace Jarvis.TestSupport.Services;

/// <summary>Reads the commands of a Redis client. Each command counts as one round trip, even if several arrive together.</summary>
public sealed class RespRequestReader : IRequestReader
{
    private const int MaxWordLength = 60;

    public int Read(ReadOnlySpan<byte> bytes, out TcpRequest? request)
    {
        request = null;
        var end = 0;
        if (!TryReadNumber(bytes, ref end, out var count))
        {
            return 0;
        }

        // A command is an array of bulk strings.
        var words = new List<string>();
        while (words.Count < count)
        {
            if (!TryReadNumber(bytes, ref end, out var size) || bytes.Length < end + size + 2)
            {
                return 0;
            }

            words.Add(Encoding.Latin1.GetString(bytes.Slice(end, Math.Min(size, MaxWordLength))));
            end += size + 2;
        }

        request = new TcpRequest(string.Join(' ', words), []);

        return end;
    }

    private static bool TryReadNumber(ReadOnlySpan<byte> bytes, ref int at, out int number)
    {
        number = 0;
        var length = bytes[at..].IndexOf("\r\n"u8);
        if (length < 0)
        {
            return false;
        }

        // The first byte is the type.
        number = int.Parse(bytes.Slice(at + 1, length - 1), CultureInfo.InvariantCulture);
        at += length + 2;

        return true;
    }
}
