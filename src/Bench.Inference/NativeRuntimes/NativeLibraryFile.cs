namespace Bench.Inference.NativeRuntimes;

/// <summary>What the head of a native library says: for which architecture it is, and which other libraries it needs.</summary>
/// <param name="Architecture">As .NET names it, for example <c>x64</c>.</param>
/// <param name="Needed">The file names of the libraries that it needs.</param>
internal sealed record NativeLibraryFile(string Architecture, IReadOnlyList<string> Needed)
{
    /// <summary>Reads the head of an ELF or PE file.</summary>
    /// <param name="path">The file.</param>
    /// <returns>What it says.</returns>
    /// <exception cref="FormatException">It is damaged, or no native library.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static NativeLibraryFile Read(string path)
    {
        using var file = File.OpenHandle(path);
        try
        {
            var bytes = new FileBytes(file);
            return bytes.Starts([0x7f, (byte)'E', (byte)'L', (byte)'F']) ? ElfReader.Read(bytes)
                : bytes.Starts("MZ"u8) ? PeReader.Read(bytes)
                : throw new FormatException("found neither an ELF nor a PE file; expected a native library.");
        }
        catch (FormatException e)
        {
            throw new FormatException($"{path}: {e.Message}", e);
        }
    }
}
