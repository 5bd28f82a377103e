using System.IO.Compression;
using System.IO.Hashing;
using Bench.Arrays.Npy;

namespace Bench.Arrays.Npz;

/// <summary>Turns <c>.npy</c> files into <c>.npz</c> archives of one deflated array, as NumPy's <c>savez_compressed</c>
/// makes them.</summary>
public static class NpzFile
{
    internal const string WrongSum = "the archive is damaged: found other bytes than those whose checksum it holds.";

    private const string EntryName = "arr_0.npy";

    // The same array gives the same file, whenever it is written: the earliest time that an archive can have.
    private static readonly DateTimeOffset Epoch = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Reads the one array of an archive whole.</summary>
    /// <param name="path">The archive.</param>
    /// <returns>The array.</returns>
    /// <exception cref="NpyFormatException">It is damaged, or does not hold exactly one array that Bench reads.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static NpyArray Read(string path)
    {
        try
        {
            using var archive = ZipFile.OpenRead(path);
            if (archive.Entries.Count != 1)
            {
                throw new NpyFormatException(path, $"found {archive.Entries.Count} arrays in the archive; expected one.");
            }

            if (archive.Entries[0].Length > Array.MaxLength)
            {
                throw new NpyFormatException(
                    path, $"found {archive.Entries[0].Length} bytes; expected at most {Array.MaxLength}. Split it.");
            }

            using var content = archive.Entries[0].Open();
            var array = new MemoryStream();
            content.CopyTo(array);
            var bytes = array.GetBuffer().AsSpan(0, (int)array.Length);
            return Crc32.HashToUInt32(bytes) == archive.Entries[0].Crc32
                ? NpyArray.Parse(bytes, path)
                : throw new NpyFormatException(path, WrongSum);
        }
        catch (InvalidDataException e)
        {
            throw new NpyFormatException(path, $"the archive is damaged: {e.Message}");
        }
    }

    /// <summary>Writes an archive; one that stands there is replaced only once the new one is whole and on the disk.</summary>
    /// <param name="npyPath">The array.</param>
    /// <param name="path">The archive.</param>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    public static void Write(string npyPath, string path)
    {
        var partial = $"{path}.{Environment.ProcessId}.partial";
        try
        {
            using (var file = new FileStream(partial, FileMode.Create, FileAccess.ReadWrite))
            {
                using (var archive = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
                {
                    var entry = archive.CreateEntry(EntryName, CompressionLevel.Optimal);
                    entry.LastWriteTime = Epoch;
                    using var content = entry.Open();
                    using var array = File.OpenRead(npyPath);
                    array.CopyTo(content, 1 << 20);
                }

                file.Flush(flushToDisk: true);
            }

            File.Move(partial, path, overwrite: true);
        }
        finally
        {
            File.Delete(partial);
        }
    }
}
