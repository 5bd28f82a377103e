using System.Text;

namespace Bench.Models.Onnx;

/// <summary>Reads the fields of protocol buffers one by one and skips what nobody asks for unread, so that a large file costs no
/// memory.</summary>
/// <remarks>https://protobuf.dev/programming-guides/encoding/.</remarks>
/// <param name="stream">Where they lie; can seek.</param>
internal sealed class ProtoStream(Stream stream)
{
    private const int LongestText = 1 << 16;
    private const int LengthDelimited = 2;

    /// <summary>Opens a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="read">Reads it; is given the fields and where they end.</param>
    /// <typeparam name="T">What comes of it.</typeparam>
    /// <exception cref="InvalidDataException">The file is no network, or damaged.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static T Read<T>(string path, Func<ProtoStream, long, T> read)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16);
        try
        {
            return read(new ProtoStream(stream), stream.Length);
        }
        catch (EndOfStreamException e)
        {
            throw new InvalidDataException($"{path}: the file ends in the middle of a network; it is damaged or no ONNX file.", e);
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException($"{path}: {e.Message} It is damaged or no ONNX file.", e);
        }
    }

    /// <summary>The next field of a message. The reader stands at what it holds.</summary>
    /// <param name="end">Where the message ends.</param>
    /// <param name="field">The field.</param>
    /// <returns>Whether there is one; false at the end of the message.</returns>
    public bool TryNext(long end, out ProtoField field)
    {
        field = default;
        if (stream.Position >= end)
        {
            return false;
        }

        var tag = ReadVarint();
        var number = (int)(tag >> 3);
        var wire = (int)(tag & 7);
        ulong value = 0;
        long length;
        switch (wire)
        {
            case 0:
                value = ReadVarint();
                length = 0;
                break;
            case LengthDelimited:
                length = (long)ReadVarint();
                break;
            case 1 or 5:
                length = wire == 1 ? 8 : 4;
                break;
            default:
                throw new InvalidDataException("Found what is no network in the format of ONNX (perhaps text, or another format).");
        }

        if (length < 0 || length > end - stream.Position)
        {
            throw new EndOfStreamException();
        }

        field = new ProtoField(number, wire == LengthDelimited, value, stream.Position, stream.Position + length);
        return true;
    }

    /// <summary>Goes on behind a field.</summary>
    public void Leave(ProtoField field) => stream.Position = field.End;

    /// <summary>The text of a field; of a very long one its beginning.</summary>
    public string ReadText(ProtoField field) => Encoding.UTF8.GetString(ReadBytes(field, LongestText));

    /// <summary>The bytes of a field.</summary>
    /// <param name="field">The field.</param>
    /// <param name="most">How many are read at most.</param>
    public byte[] ReadBytes(ProtoField field, int most)
    {
        var bytes = new byte[(int)Math.Min(field.Length, most)];
        stream.ReadExactly(bytes);
        return bytes;
    }

    /// <summary>Adds the whole numbers of a field, one or packed.</summary>
    public void ReadNumbers(ProtoField field, List<long> numbers)
    {
        if (!field.IsMessage)
        {
            numbers.Add((long)field.Value);
            return;
        }

        while (stream.Position < field.End)
        {
            numbers.Add((long)ReadVarint());
        }
    }

    private ulong ReadVarint()
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var next = stream.ReadByte();
            if (next < 0)
            {
                throw new EndOfStreamException();
            }

            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }

        throw new InvalidDataException("Found a number of more than 64 bits.");
    }
}

/// <summary>A field of a message.</summary>
/// <param name="Number">Its number.</param>
/// <param name="IsMessage">Whether it has a length: a message, a text or bytes.</param>
/// <param name="Value">The number that it holds, if it holds one.</param>
/// <param name="Begin">Where what it holds begins.</param>
/// <param name="End">Where it ends.</param>
internal readonly record struct ProtoField(int Number, bool IsMessage, ulong Value, long Begin, long End)
{
    public long Length => End - Begin;
}
