using System.Runtime.InteropServices;

namespace Bench.Inference.Tests;

/// <summary>Catches what native code writes to standard error. On Linux only; elsewhere it catches nothing and says so.</summary>
internal sealed partial class StandardErrorCapture : IDisposable
{
    private readonly string _path = Path.GetTempFileName();
    private readonly int _saved;

    public StandardErrorCapture()
    {
        if (!OperatingSystem.IsLinux())
        {
            Assert.Ignore("native standard error is caught on Linux only");
        }

        _saved = Dup(2);
        using var file = File.OpenHandle(_path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        _ = Dup2((int)file.DangerousGetHandle(), 2);
    }

    public string Read()
    {
        Restore();
        return File.ReadAllText(_path);
    }

    public void Dispose()
    {
        Restore();
        File.Delete(_path);
    }

    private void Restore() => _ = Dup2(_saved, 2);

    [LibraryImport("libc", EntryPoint = "dup")]
    private static partial int Dup(int descriptor);

    [LibraryImport("libc", EntryPoint = "dup2")]
    private static partial int Dup2(int from, int to);
}
