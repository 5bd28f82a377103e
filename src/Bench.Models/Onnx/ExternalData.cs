namespace Bench.Models.Onnx;

/// <summary>Finds the files that a network keeps its weights in beside its own: exporters write them so above two gigabytes,
/// and some always.</summary>
/// <remarks>
/// Walks the protocol buffers of https://github.com/onnx/onnx/blob/main/onnx/onnx.proto3 field by field and skips everything else unread,
/// so that a large file costs no memory.
/// </remarks>
public static class ExternalData
{
    private const int MaximumDepth = 64;

    // For each message the fields that lead to tensors: number, and the message that they hold.
    private static readonly Dictionary<Message, (int Field, Message Holds)[]> Paths = new()
    {
        [Message.Model] = [(7, Message.Graph), (20, Message.TrainingInfo), (25, Message.Function)],
        [Message.TrainingInfo] = [(1, Message.Graph), (2, Message.Graph)],
        [Message.Function] = [(7, Message.Node)],
        [Message.Graph] = [(1, Message.Node), (5, Message.Tensor), (15, Message.SparseTensor)],
        [Message.Node] = [(5, Message.Attribute)],
        [Message.Attribute] = [(5, Message.Tensor), (6, Message.Graph), (10, Message.Tensor), (11, Message.Graph),
            (22, Message.SparseTensor), (23, Message.SparseTensor)],
        [Message.SparseTensor] = [(1, Message.Tensor), (2, Message.Tensor)],
        [Message.Tensor] = [(13, Message.Entry)],
        [Message.Entry] = [],
    };

    private enum Message
    {
        Model,
        TrainingInfo,
        Function,
        Graph,
        Node,
        Attribute,
        SparseTensor,
        Tensor,
        Entry,
    }

    /// <summary>The files that a network refers to.</summary>
    /// <param name="path">The network's own file.</param>
    /// <returns>Their locations as the network names them, relative to its folder, each once, in order;
    /// none if it keeps everything itself.</returns>
    /// <exception cref="InvalidDataException">The file is no network, or damaged.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static IReadOnlyList<string> Locations(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16);
        var found = new SortedSet<string>(StringComparer.Ordinal);
        try
        {
            Walk(stream, stream.Length, Message.Model, found, 0);
        }
        catch (EndOfStreamException e)
        {
            throw new InvalidDataException($"{path}: the file ends in the middle of a network; it is damaged or no ONNX file.", e);
        }

        return [.. found];
    }

    private static void Walk(Stream stream, long end, Message message, SortedSet<string> found, int depth)
    {
        if (depth > MaximumDepth)
        {
            throw new InvalidDataException($"Found messages nested more than {MaximumDepth} deep; expected an ONNX file.");
        }

        string? key = null;
        string? value = null;
        while (stream.Position < end)
        {
            var tag = ReadVarint(stream);
            var (field, wire) = ((int)(tag >> 3), (int)(tag & 7));
            if (wire != 2)
            {
                Skip(stream, wire, end);
                continue;
            }

            var length = (long)ReadVarint(stream);
            if (length < 0 || length > end - stream.Position)
            {
                throw new EndOfStreamException();
            }

            var next = stream.Position + length;

            if (message == Message.Entry && field is 1 or 2)
            {
                var text = ReadText(stream, length);

                // The two may stand in any order.
                (key, value) = field == 1 ? (text, value) : (key, text);
                if (key == "location" && value is not null)
                {
                    found.Add(value);
                }
            }
            else if (Array.FindIndex(Paths[message], entry => entry.Field == field) is var index and >= 0)
            {
                Walk(stream, next, Paths[message][index].Holds, found, depth + 1);
            }

            stream.Position = next;
        }
    }

    private static string ReadText(Stream stream, long length)
    {
        var bytes = new byte[checked((int)Math.Min(length, 1 << 16))];
        stream.ReadExactly(bytes);
        return System.Text.Encoding.UTF8.GetString(bytes);
    }

    private static void Skip(Stream stream, int wire, long end)
    {
        switch (wire)
        {
            case 0:
                ReadVarint(stream);
                break;
            case 1 or 5:
                stream.Position += wire == 1 ? 8 : 4;
                break;
            default:
                throw new InvalidDataException("Found a field of a kind that protocol buffers do not have here; expected an ONNX file.");
        }

        if (stream.Position > end)
        {
            throw new EndOfStreamException();
        }
    }

    private static ulong ReadVarint(Stream stream)
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

        throw new InvalidDataException("Found a number of more than 64 bits; expected an ONNX file.");
    }
}
