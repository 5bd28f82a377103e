using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using Bench.EndToEnd.Tests.Runs;

namespace Bench.EndToEnd.Tests.Publishing;

/// <summary><c>bench</c> as a dotnet tool: packed, installed from a folder and run, all below a temporary folder.</summary>
[NonParallelizable]
public class ToolTests
{
    private static readonly TemporaryFolder Folder = new();

    // A version of its own, so that no cache has it.
    private static readonly string Version = $"0.0.1-test{DateTime.UtcNow:yyyyMMddHHmmss}";

    private static readonly Lazy<string> Package = new(() =>
    {
        _ = Run(Repository.Root, "dotnet", "pack", Repository.File("src", "Bench.Cli"), "-o", Folder.File("feed"),
            $"-p:PackageVersion={Version}", "--nologo", "-v", "quiet", HostProgram.Unanalysed);
        return Directory.GetFiles(Folder.File("feed"), "*.nupkg").Single();
    });

    [OneTimeTearDown]
    public void TearDown() => Folder.Dispose();

    [Long]
    [Test]
    public void Install_FromAFolder_GivesACommandThatWorks()
    {
        var feed = Path.GetDirectoryName(Package.Value)!;

        _ = Run(Folder.Path, "dotnet", "tool", "install", "Bench.Cli", "--tool-path", Folder.File("tools"), "--add-source", feed,
            "--version", Version);

        var bench = Folder.File(Path.Combine("tools", OperatingSystem.IsWindows() ? "bench.exe" : "bench"));
        Assert.That(Run(Folder.Path, bench, "paper"), Does.Contain("7 of 8 costs follow"));
        Assert.That(
            Run(Folder.Path, bench, "report", Repository.File("artifacts", "reference", "20261122-123908-vm-7d05dc4"),
                "--pictures", Folder.File("pictures")),
            Is.Not.Empty);
        Assert.That(Directory.GetFiles(Folder.File("pictures"), "*.svg"), Is.Not.Empty, "Vega travels with the tool");
    }

    [Long]
    [Test]
    public void Package_HasItsNoticesAndNoPathOfThisMachine()
    {
        using var package = ZipFile.OpenRead(Package.Value);

        Assert.That(
            package.Entries.Select(entry => entry.FullName), Has.Some.EqualTo("ThirdPartyNotices.txt").And.Some.EqualTo("README.md"));
        foreach (var entry in package.Entries.Where(entry => entry.Name.StartsWith("Bench.", StringComparison.OrdinalIgnoreCase)))
        {
            using var stream = entry.Open();
            using var bytes = new MemoryStream();
            stream.CopyTo(bytes);
            Assert.That(bytes.ToArray().AsSpan().IndexOf(Encoding.UTF8.GetBytes(Repository.Root)), Is.Negative, entry.FullName);
        }
    }

    private static string Run(string folder, string command, params string[] arguments)
    {
        var start = new ProcessStartInfo(command, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        process.WaitForExit();
        Assert.That(process.ExitCode, Is.Zero, output.Result + error.Result);
        return output.Result;
    }
}
