using System.Globalization;

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
    private const int EntryField = 13;

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
        [Message.Tensor] = [],
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
    }

    /// <summary>The files that a network refers to.</summary>
    /// <param name="path">The network's own file.</param>
    /// <returns>Each once, in the order of their locations; none if it keeps everything itself.</returns>
    /// <exception cref="InvalidDataException">The file is no network, or damaged.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static IReadOnlyList<ExternalFile> Files(string path) => ProtoStream.Read(path, (fields, end) =>
    {
        var found = new SortedDictionary<string, long>(StringComparer.Ordinal);
        Walk(fields, end, Message.Model, found, 0);
        return (IReadOnlyList<ExternalFile>)[.. found.Select(file => new ExternalFile(file.Key, file.Value))];
    });

    private static void Walk(ProtoStream fields, long end, Message message, SortedDictionary<string, long> found, int depth)
    {
        if (depth > MaximumDepth)
        {
            throw new InvalidDataException($"Found messages nested more than {MaximumDepth} deep.");
        }

        // What a tensor says of its place, by the names of the standard.
        var entries = new Dictionary<string, string>(StringComparer.Ordinal);
        while (fields.TryNext(end, out var field))
        {
            if (field.IsMessage && message == Message.Tensor && field.Number == EntryField)
            {
                var (key, value) = ReadEntry(fields, field.End);
                entries[key] = value;
            }
            else if (field.IsMessage
                && Array.FindIndex(Paths[message], entry => entry.Field == field.Number) is var index and >= 0)
            {
                Walk(fields, field.End, Paths[message][index].Holds, found, depth + 1);
            }

            fields.Leave(field);
        }

        if (entries.TryGetValue("location", out var location))
        {
            found[location] = Math.Max(found.GetValueOrDefault(location), Number(entries, "offset") + Number(entries, "length"));
        }
    }

    private static long Number(Dictionary<string, string> entries, string key) =>
        long.TryParse(entries.GetValueOrDefault(key), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? Math.Min(number, long.MaxValue / 2)
            : 0;

    /// <summary>The two may stand in any order.</summary>
    private static (string Key, string Value) ReadEntry(ProtoStream fields, long end)
    {
        var (key, value) = (string.Empty, string.Empty);
        while (fields.TryNext(end, out var field))
        {
            if (field.IsMessage && field.Number is 1 or 2)
            {
                var text = fields.ReadText(field);
                (key, value) = field.Number == 1 ? (text, value) : (key, text);
            }

            fields.Leave(field);
        }

        return (key, value);
    }
}

/// <summary>A file that a network keeps weights in.</summary>
/// <param name="Location">Its path as the network names it, relative to the network's folder.</param>
/// <param name="NeededBytes">How long it must be at least; 0 where the network does not say.</param>
public sealed record ExternalFile(string Location, long NeededBytes);
