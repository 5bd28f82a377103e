using System.Diagnostics;

namespace Bench.EndToEnd.Tests.Runs;

/// <summary>A file system in memory with the given options. Only root can mount one; elsewhere the test is skipped.</summary>
internal sealed class SmallFileSystem : IDisposable
{
    private SmallFileSystem(string path) => Path = path;

    public string Path { get; }

    public static SmallFileSystem Mount(string path, string options)
    {
        Directory.CreateDirectory(path);
        if (!Run("mount", "-t", "tmpfs", "-o", options, "tmpfs", path))
        {
            Assert.Ignore("cannot mount a file system here; run as root to test a full or read-only folder");
        }

        return new SmallFileSystem(path);
    }

    /// <summary>Leaves no space.</summary>
    public void Fill()
    {
        try
        {
            using var file = File.Create(Filling);
            var block = new byte[4096];
            while (true)
            {
                file.Write(block);
                file.Flush();
            }
        }
        catch (IOException)
        {
            // Full.
        }
    }

    /// <summary>Gives the space back.</summary>
    public void Empty() => File.Delete(Filling);

    public void Dispose() => Run("umount", Path);

    private string Filling => System.IO.Path.Combine(Path, "filling");

    private static bool Run(string command, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(command, arguments) { RedirectStandardError = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
