using System.IO.Compression;
using System.IO.Hashing;
using Bench.Arrays.Npy;

namespace Bench.Arrays.Npz;

/// <summary>Takes single arrays out of <c>.npz</c> archives, as NumPy's <c>savez</c> makes them.</summary>
public static class NpzArrays
{
    private const string Ending = ".npy";

    /// <summary>Writes an array of an archive to a file of its own.</summary>
    /// <param name="path">The archive.</param>
    /// <param name="name">The array's name; the only array of an archive is taken whatever its name.</param>
    /// <param name="npyPath">Receives the array; appears only when it is whole.</param>
    /// <exception cref="NpyFormatException">The archive is damaged, or has no array of this name.</exception>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    public static void Extract(string path, string name, string npyPath)
    {
        var partial = $"{npyPath}.{Environment.ProcessId}.partial";
        try
        {
            using var archive = ZipFile.OpenRead(path);
            var entry = archive.GetEntry(name + Ending)
                ?? (archive.Entries.Count == 1 ? archive.Entries[0] : throw new NpyFormatException(
                    path, $"found {string.Join(", ", archive.Entries.Select(one => Path.GetFileNameWithoutExtension(one.FullName)))}; "
                        + $"expected an array called {name}."));
            var sum = new Crc32();
            using (var content = entry.Open())
            using (var file = File.Create(partial))
            {
                var buffer = new byte[1 << 20];
                for (int read; (read = content.Read(buffer)) > 0;)
                {
                    sum.Append(buffer.AsSpan(0, read));
                    file.Write(buffer, 0, read);
                }
            }

            if (sum.GetCurrentHashAsUInt32() != entry.Crc32)
            {
                throw new NpyFormatException(path, NpzFile.WrongSum);
            }

            File.Move(partial, npyPath, overwrite: true);
        }
        catch (InvalidDataException e)
        {
            throw new NpyFormatException(path, $"the archive is damaged: {e.Message}");
        }
        finally
        {
            File.Delete(partial);
        }
    }
}
