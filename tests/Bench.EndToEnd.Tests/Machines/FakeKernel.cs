using Bench.Benchmarks.Machines;

namespace Bench.EndToEnd.Tests.Machines;

/// <summary>A made-up machine: a folder with the files in which Linux tells of it.</summary>
internal sealed class FakeKernel : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public KernelFiles Files => new(_folder.Path);

    /// <summary>Writes a file, with a line end as the kernel does.</summary>
    public FakeKernel With(string path, string text)
    {
        var file = _folder.File(path.TrimStart('/'));
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text.TrimEnd('\n') + "\n");
        return this;
    }

    public void Dispose() => _folder.Dispose();
}
