using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Bench.Arrays.Npy;

/// <summary>The head of a <c>.npy</c> file: element type and shape.</summary>
/// <remarks>Format: https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html, versions 1.0 to 3.0.</remarks>
internal sealed record NpyHeader(ElementType ElementType, int[] Shape, int DataOffset)
{
    private const int Alignment = 64;
    private const int MaximumHeaderLength = 1 << 20;

    /// <summary>How many bytes of a file are enough to read its head.</summary>
    public const int MaximumLength = MaximumHeaderLength + 12;

    /// <summary>How many bytes of a file say how long its head is.</summary>
    public const int LengthEnd = 12;

    private static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>Reads the head from the beginning of a file.</summary>
    /// <exception cref="NpyFormatException">It is not one that Bench reads.</exception>
    public static NpyHeader Parse(ReadOnlySpan<byte> file, string source)
    {
        var end = LengthOf(file, source);
        var start = StartOf(file);
        if (file.Length < end)
        {
            throw new NpyFormatException(
                source, $"the .npy head says that it is {end - start} bytes long, and the file has only {file.Length}.");
        }

        var fields = new NpyHeaderText(Encoding.Latin1.GetString(file[start..end]), source);
        return new NpyHeader(fields.ElementType, fields.Shape, end);
    }

    /// <summary>Where the data begin.</summary>
    /// <param name="file">At least <see cref="LengthEnd"/> bytes of the beginning, or all of a file that is shorter.</param>
    /// <param name="source">What the data are called in messages.</param>
    /// <exception cref="NpyFormatException">It is no head, or one of more bytes than any should have.</exception>
    public static int LengthOf(ReadOnlySpan<byte> file, string source)
    {
        if (file.Length < 10 || !file.StartsWith(Magic))
        {
            throw new NpyFormatException(source, "found data that do not begin like a .npy file (\\x93NUMPY); expected one.");
        }

        var version = file[6];
        if (version is < 1 or > 3)
        {
            throw new NpyFormatException(source, $"found .npy format version {version}; expected 1, 2 or 3.");
        }

        var start = StartOf(file);
        if (file.Length < start)
        {
            throw new NpyFormatException(source, $"found {file.Length} bytes; the .npy head is cut off.");
        }

        var length = version == 1 ? BinaryPrimitives.ReadUInt16LittleEndian(file[8..]) : BinaryPrimitives.ReadUInt32LittleEndian(file[8..]);
        return length <= MaximumHeaderLength
            ? start + (int)length
            : throw new NpyFormatException(
                source, $"the .npy head says that it is {length} bytes long, and the file has only {file.Length}.");
    }

    private static int StartOf(ReadOnlySpan<byte> file) => file[6] == 1 ? 10 : 12;

    /// <summary>Writes a version 1.0 head, padded so that the data are aligned.</summary>
    public static byte[] Format(ElementType type, ReadOnlySpan<int> shape)
    {
        var text = new StringBuilder("{'descr': '").Append(type.Descr()).Append("', 'fortran_order': False, 'shape': (");
        foreach (var length in shape)
        {
            text.Append(CultureInfo.InvariantCulture, $"{length}, ");
        }

        if (shape.Length > 0)
        {
            text.Length -= shape.Length == 1 ? 1 : 2;
        }

        text.Append("), }");
        var padding = Alignment - ((10 + text.Length + 1) % Alignment);
        text.Append(' ', padding % Alignment).Append('\n');
        var head = new byte[10 + text.Length];
        Magic.CopyTo(head);
        head[6] = 1;
        BinaryPrimitives.WriteUInt16LittleEndian(head.AsSpan(8), (ushort)text.Length);
        Encoding.Latin1.GetBytes(text.ToString(), head.AsSpan(10));
        return head;
    }
}
