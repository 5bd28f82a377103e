using Bench.Analysis.Runs;
using Bench.Benchmarks.Engines.Fetching;
using Bench.Benchmarks.Machines;
using Bench.EndToEnd.Tests.Runs;
using Bench.Inference.NativeRuntimes;

namespace Bench.EndToEnd.Tests.Engines;

/// <summary>Libraries that are fetched because somebody asked for them: another version, or a provider that only npm has.</summary>
[NonParallelizable]
public class FetchTests
{
    private const string Newer = "1.31.0";
    private static readonly string Platform = MachineProbe.Platform;

    private TemporaryFolder _folder = null!;

    [SetUp]
    public void SetUp() => _folder = new TemporaryFolder();

    [TearDown]
    public void TearDown() => _folder.Dispose();

    [Test]
    public void Fetch_RepositoryWithFeedsOfItsOwn_AsksThoseAndNoOthers()
    {
        _ = Directory.CreateDirectory(_folder.File("feed"));
        _folder.Write("NuGet.config",
            """<configuration><packageSources><clear /><add key="company" value="feed" /></packageSources></configuration>""");
        var runtimes = new RuntimeCatalogue([_folder.File("runtimes"), _folder.File(Path.Combine("runtimes", "fetched"))], []);

        var problem = OrtFetcher.Fetch("99.0.0", "cpu", runtimes, CancellationToken.None);

        Assert.That(problem, Does.Contain("NU1101").And.Contain("company"), "the feed that the repository names, by its name");
        Assert.That(Directory.GetFileSystemEntries(runtimes.FetchFolder), Is.Empty, "nothing is left behind");
    }

    [Long]
    [Test]
    public void Fetch_WebGpuAtTheDefaultVersion_IsTheFileThatTheLockFilePins()
    {
        var runtimes = Below("src", "Bench.OnnxRuntime");
        foreach (var file in new[] { "package.json", "package-lock.json", ".npmrc" })
        {
            File.Copy(Repository.File("src", "Bench.OnnxRuntime", "npm", file),
                Path.Combine(Directory.CreateDirectory(Path.Combine(runtimes.FetchFolder, "..", "..", "npm")).FullName, file));
        }

        Assert.That(Fetch("1.30.0", "webgpu", runtimes), Is.Null);
        var flavour = RuntimeCatalogue.Find(runtimes.Folders, RuntimeCatalogue.PlatformRid).Flavours.Single();
        Assert.That(
            flavour, Has.Property(nameof(Flavour.Package)).EqualTo("onnxruntime-node@1.30.0").And.Property(nameof(Flavour.IsFetched)).True);

        // A lock file that pins other contents under the same version.
        var lockFile = Path.Combine(runtimes.FetchFolder, "..", "..", "npm", "package-lock.json");
        var pinned = System.Text.RegularExpressions.Regex.Replace(
            File.ReadAllText(lockFile),
            "(\"node_modules/onnxruntime-node\": \\{\\s+\"version\": \"1.30.0\",\\s+\"integrity\": \"sha512-)....", "$1AAAA");
        File.WriteAllText(lockFile, pinned);
        Assert.That(Fetch("1.30.0", "webgpu", runtimes), Does.Contain("cannot be fetched").And.Contain("npm: "));
    }

    [Long]
    [Test]
    public void Run_TwoVersions_MeasuresBothAndComparesThem()
    {
        var card = UserModels.Write(_folder, "good", UserModels.Onnx("Abs"));
        string[] versions = [OrtDefault, Newer];

        var result = HostProgram.Run(
            _folder.Path,
            "--profile", "smoke", "--models", card, "--backends", string.Join(',', versions.Select(version => $"ort-cpu@{version}")),
            "--precisions", "fp32", "--output", _folder.File("runs"));

        if (result.Output.Contains("NU1301", StringComparison.Ordinal))
        {
            Assert.Ignore("needs the NuGet feed");
        }

        Assert.That(result.ExitCode, Is.Zero, result.Output + result.Error);
        var run = new RunFolder(Directory.GetDirectories(_folder.File("runs")).Single());
        var cells = run.ReadManifest().Cells;
        Assert.That(
            cells.Select(cell => (cell.Id.ToString(), cell.Engine, cell.Status)),
            Is.EqualTo(
                versions.Select(version => ($"good/ort-cpu@{version}/fp32/{Platform}", $"onnxruntime {version}", CellStatus.Measured))));
        Assert.That(File.ReadAllText(run.MarkdownReportPath), Does.Contain("(reference)").And.Contain("| identical |"),
            "the first version is what the second is compared with");
    }

    private static string OrtDefault => RuntimeCatalogue.Find().Flavours.First(flavour => !flavour.IsFetched).Version.ToString();

    private RuntimeCatalogue Below(params string[] folders)
    {
        var runtimes = _folder.File(Path.Combine([.. folders, "runtimes"]));
        return new RuntimeCatalogue([runtimes, Path.Combine(runtimes, Flavour.FetchedFolder)], []);
    }

    private static string? Fetch(string version, string provider, RuntimeCatalogue runtimes)
    {
        var problem = OrtFetcher.Fetch(version, provider, runtimes, CancellationToken.None);
        if (new[] { "ENOTFOUND", "EAI_AGAIN", "ECONN", "cannot be started" }
            .Any(sign => problem?.Contains(sign, StringComparison.Ordinal) == true))
        {
            Assert.Ignore($"needs npm and its registry: {problem}");
        }

        return problem;
    }
}
