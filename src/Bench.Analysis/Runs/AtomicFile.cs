namespace Bench.Analysis.Runs;

/// <summary>Writes files that are either whole or not there, whatever ends the program or the machine.</summary>
public static class AtomicFile
{
    /// <summary>What stands at the end of the name of a file that is being written.</summary>
    public const string PartialEnding = ".partial";

    private const int MoveAttempts = 5;
    private const int MillisecondsBetweenAttempts = 200;

    /// <summary>Writes a file beside its place, sees to it that it is on the disk, and then renames it into place.</summary>
    /// <param name="path">The file; one that stands there is replaced.</param>
    /// <param name="content">Its bytes.</param>
    /// <exception cref="IOException">It cannot be written; what stood there still does.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written; what stood there still does.</exception>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        var partial = $"{path}.{Environment.ProcessId}{PartialEnding}";
        try
        {
            using (var file = new FileStream(partial, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0))
            {
                file.Write(content);
                file.Flush(flushToDisk: true);
            }

            Move(partial, path);
            FolderSync.Flush(Path.GetDirectoryName(path)!);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            TryDelete(partial);
            throw;
        }
    }

    /// <summary>Sees to it that the names of files that were just renamed are on the disk, where that takes doing.</summary>
    /// <param name="folder">Their folder.</param>
    public static void FlushNames(string folder) => FolderSync.Flush(folder);

    /// <summary>Windows refuses to replace a file that a scanner or a reader holds for a moment.</summary>
    private static void Move(string partial, string path)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                File.Move(partial, path, overwrite: true);
                return;
            }
            catch (Exception e) when (OperatingSystem.IsWindows() && attempt < MoveAttempts
                && e is IOException or UnauthorizedAccessException)
            {
                Thread.Sleep(MillisecondsBetweenAttempts);
            }
        }
    }

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Readers know it for what it is by its name.
        }
    }
}
