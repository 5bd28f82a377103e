namespace Bench.Benchmarks.Processes;

/// <summary>Files that may stay behind if they must: an engine, a scanner or a child that was just stopped can still hold them.</summary>
internal static class TemporaryFiles
{
    public static void TryDelete(FileSystemInfo entry)
    {
        try
        {
            if (entry is DirectoryInfo folder)
            {
                folder.Delete(recursive: true);
            }
            else
            {
                entry.Delete();
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The system cleans its own folder for temporary files.
        }
    }
}
