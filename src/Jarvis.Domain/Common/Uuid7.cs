using System.Security.Cryptography;

namespace Jarvis.Domain.Common;

/// <summary>
/// Creates time-ordered ids (RFC 9562, version 7, method 3): 48 bits of milliseconds, 12 bits of the fraction of the
/// millisecond, 62 random bits. The BCL's version 7 is random within a millisecond, and one millisecond can contain two turns
/// of a conversation.
/// </summary>
internal static class Uuid7
{
    /// <summary>Smallest time difference that yields different ids: a 4096th of a millisecond, rounded up to ticks.</summary>
    public static readonly TimeSpan Step = TimeSpan.FromTicks(3);

    public static Guid Create(DateTimeOffset now)
    {
        var milliseconds = now.ToUnixTimeMilliseconds();
        var fraction = now.UtcTicks % TimeSpan.TicksPerMillisecond * 4096 / TimeSpan.TicksPerMillisecond;

        Span<byte> bytes = stackalloc byte[16];
        RandomNumberGenerator.Fill(bytes[8..]);
        for (var i = 0; i < 6; i++)
        {
            bytes[i] = (byte)(milliseconds >> (40 - (8 * i)));
        }

        bytes[6] = (byte)(0x70 | (fraction >> 8));
        bytes[7] = (byte)fraction;
        bytes[8] = (byte)(0x80 | (bytes[8] & 0x3F));

        return new Guid(bytes, bigEndian: true);
    }

    /// <summary>Returns the time at which the id was created, rounded down to a 4096th of a millisecond.</summary>
    public static DateTimeOffset GetTimestamp(Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        long milliseconds = 0;
        for (var i = 0; i < 6; i++)
        {
            milliseconds = (milliseconds << 8) | bytes[i];
        }

        var fraction = ((bytes[6] & 0x0F) << 8) | bytes[7];

        return DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).AddTicks(fraction * TimeSpan.TicksPerMillisecond / 4096);
    }
}
