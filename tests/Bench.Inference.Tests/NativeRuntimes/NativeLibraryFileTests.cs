using System.Diagnostics;
using Bench.Inference.NativeRuntimes;

namespace Bench.Inference.Tests.NativeRuntimes;

/// <summary>The readers of library heads, against what binutils reads from the same files.</summary>
public class NativeLibraryFileTests
{
    // The package has the libraries of every platform.
    private static readonly string Package = Path.Combine(
        Repository.Packages, "microsoft.ml.onnxruntime", "1.30.0", "runtimes", "win-x64");

    private static IEnumerable<string> Libraries =>
    [
        .. RuntimeCatalogue.Find().Flavours.SelectMany(flavour => Directory.GetFiles(flavour.Folder, "*.so*")
            .Concat(Directory.GetFiles(flavour.Folder, "*.dll"))),
        .. Directory.Exists(Package) ? Directory.GetFiles(Package, "*.dll", SearchOption.AllDirectories) : [],
    ];

    [TestCaseSource(nameof(Libraries))]
    public void Read_RealLibrary_NeedsWhatObjdumpSays(string path)
    {
        var file = NativeLibraryFile.Read(path);

        Assert.That(file.Needed, Is.EqualTo(Objdump(path)));
        Assert.That(file.Needed, Is.Not.Empty);
    }

    [Test]
    public void Read_Text_SaysWhatItExpected()
    {
        using var folder = new TemporaryFolder();

        Assert.That(() => NativeLibraryFile.Read(folder.Write("a.so", "not a library")),
            Throws.TypeOf<FormatException>().With.Message.Contains("expected a native library"));
        Assert.That(() => NativeLibraryFile.Read(folder.Write("b.so", string.Empty)), Throws.TypeOf<FormatException>());
    }

    [Test]
    public void Read_DamagedHead_IsOneClearMessageOrAnAnswer([Range(0, 199)] int seed)
    {
        var random = new Random(seed);
        var whole = Libraries.ElementAtOrDefault(seed % Math.Max(1, Libraries.Count()));
        if (whole is null)
        {
            Assert.Ignore("no library here");
        }

        // The head and some of what follows; damage anywhere in it, and often an end too early.
        using var stream = File.OpenRead(whole!);
        var bytes = new byte[Math.Min(stream.Length, 1 << 16)];
        stream.ReadExactly(bytes);
        for (var i = 0; i < 1 + (seed % 20); i++)
        {
            bytes[random.Next(4, seed % 2 == 0 ? 1024 : bytes.Length)] = (byte)random.Next(256);
        }

        using var folder = new TemporaryFolder();
        var path = folder.Write("damaged.so", bytes[..(seed % 3 == 0 ? random.Next(4, bytes.Length) : bytes.Length)]);
        try
        {
            _ = NativeLibraryFile.Read(path);
        }
        catch (FormatException e)
        {
            Assert.That(e.Message, Does.StartWith(path));
        }
    }

    private static List<string> Objdump(string path)
    {
        try
        {
            using var process = Process.Start(
                new ProcessStartInfo("objdump", ["-p", path]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            _ = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return [.. output.Split('\n').Select(line => line.Trim()).Where(line => line.StartsWith("NEEDED", StringComparison.Ordinal)
                || line.StartsWith("DLL Name:", StringComparison.Ordinal))
                .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^1])];
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Ignore("needs objdump (Debian: apt install binutils)");
            return [];
        }
    }
}
