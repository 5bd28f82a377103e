namespace Bench.Inference.NativeRuntimes;

/// <summary>Reads the import tables of PE files, the libraries of Windows.</summary>
/// <remarks>https://learn.microsoft.com/windows/win32/debug/pe-format.</remarks>
internal static class PeReader
{
    private const int MaximumEntries = 1024;
    private const ushort Pe64Magic = 0x20b;
    private const int ImportDirectory = 1;
    private const int ImportDescriptorLength = 20;
    private const int ImportNameOffset = 12;

    public static NativeLibraryFile Read(FileBytes file)
    {
        ulong head = file.UInt32(0x3c);
        if (file.UInt32(head) != 0x4550)
        {
            throw new FormatException("found no PE head. The file is damaged.");
        }

        var architecture = file.UInt16(head + 4) switch
        {
            0x8664 => "x64",
            0xaa64 => "arm64",
            0x14c => "x86",
            var machine => $"PE machine {machine:x}",
        };
        var optional = head + 24;
        if (file.UInt16(optional) != Pe64Magic)
        {
            return new NativeLibraryFile(architecture, []);
        }

        var firstSection = optional + file.UInt16(head + 20);
        var sections = Enumerable.Range(0, file.UInt16(head + 6)).Select(i => Section(file, firstSection + ((ulong)i * 40))).ToList();
        var imports = file.UInt32(optional + 112 + (ImportDirectory * 8));
        var names = new List<string>();
        for (var i = 0; imports != 0 && i < MaximumEntries; i++)
        {
            var name = file.UInt32(At(sections, imports + (uint)(i * ImportDescriptorLength)) + ImportNameOffset);
            if (name == 0)
            {
                break;
            }

            names.Add(file.Text(At(sections, name)));
        }

        return new NativeLibraryFile(architecture, names);
    }

    private static PeSection Section(FileBytes file, ulong header) =>
        new(file.UInt32(header + 12), file.UInt32(header + 8), file.UInt32(header + 16), file.UInt32(header + 20));

    private static ulong At(List<PeSection> sections, uint address)
    {
        var section = sections.Find(candidate => address >= candidate.Address
            && address - candidate.Address < Math.Max(candidate.VirtualLength, candidate.Length))
            ?? throw new FormatException($"found no section that holds address {address:x}. The file is damaged.");
        return (ulong)address - section.Address + section.Offset;
    }

    private sealed record PeSection(uint Address, uint VirtualLength, uint Length, uint Offset);
}
