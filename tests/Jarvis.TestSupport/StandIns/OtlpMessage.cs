using System.Buffers.Binary;
using System.Text;

namespace Jarvis.TestSupport.StandIns;

/// <summary>Protocol Buffers message read by field numbers; supports the part of the format that OTLP uses.</summary>
internal readonly struct OtlpMessage(ReadOnlyMemory<byte> bytes)
{
    private const int Varint = 0;
    private const int Fixed64 = 1;
    private const int LengthDelimited = 2;

    public string Text => Encoding.UTF8.GetString(bytes.Span);

    public double Double => BinaryPrimitives.ReadDoubleLittleEndian(bytes.Span);

    public long Long => BinaryPrimitives.ReadInt64LittleEndian(bytes.Span);

    /// <summary>Values at the path of field numbers, including repeated ones.</summary>
    public IEnumerable<OtlpMessage> At(params int[] path) =>
        path is [var number, .. var rest] ? Fields().Where(field => field.Number == number).SelectMany(field => field.Value.At(rest)) : [this];

    private List<(int Number, OtlpMessage Value)> Fields()
    {
        var fields = new List<(int, OtlpMessage)>();
        var position = 0;
        while (position < bytes.Length)
        {
            var tag = ReadVarint(ref position);
            var begin = position;
            switch ((int)(tag & 7))
            {
                case Varint:
                    ReadVarint(ref position);
                    break;
                case Fixed64:
                    position += sizeof(long);
                    break;
                case LengthDelimited:
                    var length = (int)ReadVarint(ref position);
                    begin = position;
                    position += length;
                    break;
                default:
                    position += sizeof(int);
                    break;
            }

            fields.Add(((int)(tag >> 3), new OtlpMessage(bytes[begin..position])));
        }

        return fields;
    }

    private ulong ReadVarint(ref int position)
    {
        var value = 0UL;
        for (var shift = 0; ; shift += 7)
        {
            var next = bytes.Span[position++];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }
    }
}
