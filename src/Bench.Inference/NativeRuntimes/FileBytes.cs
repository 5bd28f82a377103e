using System.Buffers.Binary;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Bench.Inference.NativeRuntimes;

/// <summary>Little-endian numbers and texts at places of a file that may be hundreds of megabytes long and may be damaged.</summary>
internal sealed class FileBytes(SafeFileHandle file)
{
    private const int MaximumNameLength = 512;

    private readonly long _length = RandomAccess.GetLength(file);

    /// <returns>Whether the file begins with these bytes.</returns>
    public bool Starts(ReadOnlySpan<byte> magic)
    {
        Span<byte> head = stackalloc byte[magic.Length];
        return _length >= magic.Length && RandomAccess.Read(file, head, 0) == magic.Length && head.SequenceEqual(magic);
    }

    public ushort UInt16(ulong offset) => BinaryPrimitives.ReadUInt16LittleEndian(Bytes(offset, stackalloc byte[2]));

    public uint UInt32(ulong offset) => BinaryPrimitives.ReadUInt32LittleEndian(Bytes(offset, stackalloc byte[4]));

    public ulong UInt64(ulong offset) => BinaryPrimitives.ReadUInt64LittleEndian(Bytes(offset, stackalloc byte[8]));

    /// <returns>The text up to the next zero byte.</returns>
    public string Text(ulong offset)
    {
        Span<byte> buffer = stackalloc byte[(int)Math.Min(MaximumNameLength, (ulong)_length - Math.Min(offset, (ulong)_length))];
        var end = Bytes(offset, buffer).IndexOf((byte)0);
        return end >= 0
            ? Encoding.UTF8.GetString(buffer[..end])
            : throw new FormatException($"found a name without an end at byte {offset}. The file is damaged.");
    }

    private Span<byte> Bytes(ulong offset, Span<byte> destination)
    {
        if (offset > (ulong)_length || (ulong)destination.Length > (ulong)_length - offset
            || RandomAccess.Read(file, destination, (long)offset) != destination.Length)
        {
            throw new FormatException($"found {_length} bytes; expected more than {offset}. The file is truncated or damaged.");
        }

        return destination;
    }
}
