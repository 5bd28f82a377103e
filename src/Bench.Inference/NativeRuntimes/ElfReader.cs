namespace Bench.Inference.NativeRuntimes;

/// <summary>Reads the dynamic section of 64-bit ELF files, the libraries of Linux.</summary>
/// <remarks>https://refspecs.linuxfoundation.org/elf/gabi4+/ch5.dynamic.html.</remarks>
internal static class ElfReader
{
    private const int MaximumEntries = 4096;
    private const uint LoadSegment = 1;
    private const uint DynamicSegment = 2;
    private const ulong NeededTag = 1;
    private const ulong StringTableTag = 5;

    public static NativeLibraryFile Read(FileBytes file)
    {
        if ((file.UInt16(4) & 0xff) != 2)
        {
            throw new FormatException("found a 32-bit ELF file; expected 64 bits.");
        }

        var architecture = file.UInt16(18) switch
        {
            62 => "x64",
            183 => "arm64",
            var machine => $"ELF machine {machine}",
        };
        var programHeaders = file.UInt64(32);
        var size = file.UInt16(54);
        var segments = Enumerable.Range(0, file.UInt16(56)).Select(i => Segment(file, programHeaders + ((ulong)i * size))).ToList();
        var dynamic = segments.Find(segment => segment.Type == DynamicSegment);
        if (dynamic is null)
        {
            return new NativeLibraryFile(architecture, []);
        }

        var entries = new List<(ulong Tag, ulong Value)>();
        for (ulong i = 0; i < Math.Min(dynamic.Length / 16, MaximumEntries); i++)
        {
            entries.Add((file.UInt64(dynamic.Offset + (i * 16)), file.UInt64(dynamic.Offset + (i * 16) + 8)));
        }

        var strings = entries.Find(entry => entry.Tag == StringTableTag).Value;
        var home = segments.Find(segment => segment.Type == LoadSegment
            && strings >= segment.Address && strings - segment.Address < segment.Length)
            ?? throw new FormatException("found no segment that holds the names. The file is damaged.");
        var table = strings - home.Address + home.Offset;
        return new NativeLibraryFile(
            architecture, [.. entries.Where(entry => entry.Tag == NeededTag).Select(entry => file.Text(unchecked(table + entry.Value)))]);
    }

    private static ElfSegment Segment(FileBytes file, ulong header) =>
        new(file.UInt32(header), file.UInt64(header + 8), file.UInt64(header + 16), file.UInt64(header + 32));

    private sealed record ElfSegment(uint Type, ulong Offset, ulong Address, ulong Length);
}
