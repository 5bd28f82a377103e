using System.Buffers.Binary;
using System.Text.Json;

namespace Bench.Models.Weights;

/// <summary>Named FP16 tensors from a safetensors file.</summary>
/// <remarks>Format: https://github.com/huggingface/safetensors#format. Bench stores its weights as FP16 and reads nothing else.</remarks>
public sealed class SafetensorsFile
{
    private const int MaximumHeaderLength = 100_000_000;

    private readonly string _path;
    private readonly byte[] _file;
    private readonly Dictionary<string, Entry> _entries;

    private SafetensorsFile(string path, byte[] file, Dictionary<string, Entry> entries)
    {
        _path = path;
        _file = file;
        _entries = entries;
    }

    /// <summary>The names of the tensors.</summary>
    public IReadOnlyCollection<string> Names => _entries.Keys;

    /// <summary>Reads a file whole and checks that every tensor lies inside it.</summary>
    /// <param name="path">The file.</param>
    /// <returns>Its tensors.</returns>
    /// <exception cref="WeightsFormatException">The file is damaged or holds another type than F16.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static SafetensorsFile Read(string path) => Parse(File.ReadAllBytes(path), path);

    /// <summary>Reads the contents of a file.</summary>
    /// <param name="file">The contents; kept, not copied.</param>
    /// <param name="path">What the data are called in messages.</param>
    /// <returns>Its tensors.</returns>
    /// <exception cref="WeightsFormatException">The data are damaged or hold another type than F16.</exception>
    public static SafetensorsFile Parse(byte[] file, string path)
    {
        if (file.Length < 8)
        {
            throw new WeightsFormatException(path, $"found {file.Length} bytes; expected a safetensors file, which has at least 8.");
        }

        var length = BinaryPrimitives.ReadUInt64LittleEndian(file);
        if (length > MaximumHeaderLength || length > (ulong)(file.Length - 8))
        {
            throw new WeightsFormatException(
                path, $"the safetensors head says that it is {length} bytes long, and {file.Length - 8} follow. "
                    + "The file is damaged or truncated.");
        }

        var dataOffset = 8 + (int)length;
        try
        {
            using var header = JsonDocument.Parse(file.AsMemory(8, (int)length));
            var entries = new Dictionary<string, Entry>(StringComparer.Ordinal);
            foreach (var property in header.RootElement.EnumerateObject())
            {
                if (property.Name != "__metadata__")
                {
                    entries[property.Name] = ReadEntry(path, property, dataOffset, file.Length - dataOffset);
                }
            }

            return new SafetensorsFile(path, file, entries);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException
            and not WeightsFormatException)
        {
            throw new WeightsFormatException(path, $"the safetensors head cannot be read: {e.Message}", e);
        }
    }

    /// <summary>The elements of a tensor: little-endian FP16, the last axis fastest.</summary>
    /// <param name="name">The name of the tensor.</param>
    /// <param name="shape">The shape that it must have.</param>
    /// <returns>Its bytes, two for each element.</returns>
    /// <exception cref="WeightsFormatException">There is no such tensor, or it has another shape.</exception>
    public ReadOnlyMemory<byte> Get(string name, ReadOnlySpan<int> shape)
    {
        if (!_entries.TryGetValue(name, out var entry))
        {
            throw new WeightsFormatException(_path, $"found {_entries.Count} tensors, none called '{name}'; the network needs it.");
        }

        return shape.SequenceEqual(entry.Shape)
            ? _file.AsMemory(entry.Offset, entry.Length)
            : throw new WeightsFormatException(
                _path,
                $"found '{name}' of shape [{string.Join(", ", entry.Shape)}]; the network needs [{string.Join(", ", shape.ToArray())}].");
    }

    private static Entry ReadEntry(string path, JsonProperty property, int dataOffset, int dataLength)
    {
        var type = property.Value.GetProperty("dtype").GetString();
        if (type != "F16")
        {
            throw new WeightsFormatException(path, $"found '{property.Name}' of type {type}; expected F16.");
        }

        var shape = property.Value.GetProperty("shape").EnumerateArray().Select(axis => axis.GetInt32()).ToArray();
        var offsets = property.Value.GetProperty("data_offsets").EnumerateArray().Select(offset => offset.GetInt64()).ToArray();
        var length = shape.Aggregate(
            (Int128)2, (product, axis) => product > int.MaxValue || axis < 0 ? Int128.MaxValue / 2 : product * axis);
        return offsets is [var begin, var end] && begin >= 0 && end <= dataLength && end - begin == length
            ? new Entry(shape, dataOffset + (int)begin, (int)length)
            : throw new WeightsFormatException(
                path,
                $"'{property.Name}' should take {length} bytes at [{string.Join(", ", offsets)}] of {dataLength}. "
                + "The file is damaged or truncated.");
    }

    private sealed record Entry(int[] Shape, int Offset, int Length);
}
