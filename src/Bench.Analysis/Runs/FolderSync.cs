using System.Runtime.InteropServices;

namespace Bench.Analysis.Runs;

/// <summary>Sees to it that the names in a folder are on the disk: on Unix a file that was flushed can still be without its name
/// after a power cut.</summary>
/// <remarks>https://man7.org/linux/man-pages/man2/fsync.2.html. Windows writes names with its journal.</remarks>
internal static partial class FolderSync
{
    private const int ReadOnly = 0;

    /// <summary>Flushes a folder; a file system that cannot do so is left as it is.</summary>
    /// <param name="folder">The folder.</param>
    public static void Flush(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var handle = Open(folder, ReadOnly);
        if (handle >= 0)
        {
            _ = Sync(handle);
            _ = Close(handle);
        }
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync")]
    private static partial int Sync(int handle);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int handle);
}
