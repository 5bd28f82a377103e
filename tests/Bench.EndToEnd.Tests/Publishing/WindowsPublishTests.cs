using System.Diagnostics;
using System.Text.Json;
using Bench.Analysis.Runs;
using Bench.Arrays.Npz;
using Bench.EndToEnd.Tests.Runs;
using Bench.Inference.NativeRuntimes;

namespace Bench.EndToEnd.Tests.Publishing;

/// <summary>The program for Windows, made on Linux: what is in its folder, and whether it runs, as far as Wine can tell.</summary>
[Long]
[NonParallelizable]
[Platform("Linux")]
public class WindowsPublishTests
{
    // Outside the repository: where it would find the sources, and where other tests walk through the folders of builds.
    private static readonly (string Name, string Value) NoAvx512 = ("DOTNET_EnableAVX512", "0");

    private static readonly TemporaryFolder Shared = new();
    private static readonly Lazy<string> Published = new(Publish);

    [OneTimeTearDown]
    public void TearDown()
    {
        // Wine's services go on for a while and would write into the folder.
        _ = Start(Shared, "wineserver", "--kill");
        _ = Start(Shared, "wineserver", "--wait");
        Shared.Dispose();
    }

    [Test]
    public void Publish_WinX64_HasEveryNativeLibraryInItsFlavourFolder()
    {
        var runtimes = Path.Combine(Published.Value, "runtimes");
        var flavours = Directory.GetDirectories(runtimes).ToDictionary(folder => Path.GetFileName(folder),
            folder => Directory.GetFiles(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal).ToList());
        var expected = new Dictionary<string, string[]>
        {
            ["onnxruntime-1.30.0-nuget-win-x64"] = ["LICENSE.txt", "ThirdPartyNotices.txt", "flavour.json", "onnxruntime.dll",
                "onnxruntime_providers_shared.dll"],
            ["onnxruntime-1.30.0-nuget-gpu-win-x64"] =
            [
                "LICENSE.txt", "ThirdPartyNotices.txt", "flavour.json", "onnxruntime.dll", "onnxruntime_providers_cuda.dll",
                "onnxruntime_providers_shared.dll", "onnxruntime_providers_tensorrt.dll",
            ],
            ["onnxruntime-1.30.0-npm-win-x64"] = ["DirectML.dll", "LICENSE.txt", "ThirdPartyNotices.txt", "dxcompiler.dll", "dxil.dll",
                "flavour.json", "onnxruntime.dll"],
        };
        Assert.That(flavours.Keys, Is.EquivalentTo(expected.Keys));
        foreach (var (name, files) in expected)
        {
            Assert.That(flavours[name], Is.EqualTo(files), name);
        }
    }

    [Test]
    public void Publish_WinX64_LibrariesAreForWindowsAndNeedNothingOfOursThatIsMissing()
    {
        // What ships with an engine; everything else that a library needs is Windows', the C++ runtime's or the GPU maker's.
        string[] ours = ["onnxruntime", "directml", "dxcompiler", "dxil"];
        foreach (var folder in Directory.GetDirectories(Path.Combine(Published.Value, "runtimes")))
        {
            using var flavour = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "flavour.json")));
            Assert.That(flavour.RootElement.GetProperty("rid").GetString(), Is.EqualTo("win-x64"));
            Assert.That(File.Exists(Path.Combine(folder, flavour.RootElement.GetProperty("library").GetString()!)));
            foreach (var path in Directory.GetFiles(folder, "*.dll"))
            {
                var library = NativeLibraryFile.Read(path);
                Assert.That(library.Architecture, Is.EqualTo("x64"), path);
                Assert.That(
                    library.Needed.Where(name => ours.Any(own => name.StartsWith(own, StringComparison.OrdinalIgnoreCase))
                        && !File.Exists(Path.Combine(folder, name))), Is.Empty, path);
            }
        }
    }

    [Test]
    public void Publish_WinX64_CarriesModelsAndSourceAndNoPathOfThisMachine()
    {
        Assert.That(Directory.GetFiles(Path.Combine(Published.Value, "models")).Select(Path.GetFileName),
            Is.EquivalentTo(["inceptionv3.json", "inceptionv3.safetensors", "unet.json", "unet.safetensors", "model-card.schema.json"]));
        Assert.That(Directory.GetFiles(Path.Combine(Published.Value, "models", "calibration")).Select(Path.GetFileName),
            Is.EquivalentTo(["inceptionv3.json", "unet.json"]));
        Assert.That(File.Exists(Path.Combine(Published.Value, "ThirdPartyNotices.txt")), "notices travel with the program");
        using var source = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Published.Value, "source.json")));
        Assert.That(source.RootElement.GetProperty("commit").GetString(), Does.Match("^[0-9a-f]{40}$"));
        var here = System.Text.Encoding.UTF8.GetBytes(Repository.Root);
        foreach (var program in Directory.GetFiles(Published.Value, "Bench.*.dll"))
        {
            Assert.That(File.ReadAllBytes(program).AsSpan().IndexOf(here), Is.Negative, program);
        }
    }

    // A publish restores for its platform, beside the committed lock file; the packages must be the same.
    [Test]
    public void Publish_WinX64_HasThePackagesThatTheLockFilePins()
    {
        _ = Published.Value;
        var pinned = Locked("packages.lock.json");
        var published = Locked(Path.Combine("obj", "packages.lock.json"));

        Assert.That(published, Has.Count.GreaterThan(10));
        Assert.That(published.Except(pinned), Is.Empty);

        static HashSet<string> Locked(string file)
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(Repository.File("benchmarks", file)));
            return [.. from framework in document.RootElement.GetProperty("dependencies").EnumerateObject()
                       from package in framework.Value.EnumerateObject()
                       where package.Value.TryGetProperty("contentHash", out _)
                       select $"{package.Name} {package.Value.GetProperty("contentHash")}"];
        }
    }

    [Test]
    public void Run_UnderWine_MeasuresWithTheSameOutputsAndIsNeverPriced()
    {
        using var folder = new TemporaryFolder();
        NeedsWine(folder);
        var card = UserModels.Write(folder, "good", UserModels.Onnx("Abs"));

        var list = Wine(folder, "--list", "--models", card);
        Assert.That(list.Output, Does.Contain("good/ort-cpu/fp32/windows-x64"), list.Error);
        Assert.That(list.Output, Does.Match(@"ort-cpu  .*\n +available: onnxruntime"));
        Assert.That(list.Output, Does.Match(@"ort-webgpu  .*\n +unavailable: .*adapter"),
            "there is no GPU under Wine, and the engine says so in its own words");

        string[] arguments = ["--profile", "smoke", "--launches", "1", "--models", $"{card},unet", "--backends", "ort-cpu",
            "--precisions", "fp32", "--usd-per-hour", "1"];
        var windows = Wine(folder, [.. arguments, "--output", folder.File("windows")]);
        var linux = HostProgram.Run(folder.Path, [.. arguments, "--output", folder.File("linux")]);

        Assert.That(windows.ExitCode, Is.Zero, windows.Output + windows.Error);
        Assert.That(linux.ExitCode, Is.Zero, linux.Output + linux.Error);
        Assert.That(windows.Output, Does.Contain("measured under Wine"));
        var (ours, theirs) = (Run(folder.File("linux")), Run(folder.File("windows")));
        Assert.That(File.ReadAllText(theirs.MarkdownReportPath), Does.Contain("not comparable"));
        var cells = theirs.ReadManifest().Cells;
        Assert.That(cells.Select(cell => (cell.Id.ToString(), cell.Status)),
            Is.EqualTo([("good/ort-cpu/fp32/windows-x64", CellStatus.Measured), ("unet/ort-cpu/fp32/windows-x64", CellStatus.Measured)]));
        Assert.That(cells, Has.All.Matches<CellFacts>(cell => cell!.NotComparable!.Contains("Wine", StringComparison.Ordinal)));
        Assert.That(theirs.ReadManifest().Machine.CompatibilityLayer, Does.StartWith("Wine "));
        Assert.That(JsonSchemaCheck.Faults(
            Repository.File("src", "Bench.Analysis", "Runs", "run.schema.json"), File.ReadAllText(theirs.ManifestPath)), Is.Empty);
        var launches = theirs.Launches.ReadAll();
        foreach (var launch in ours.Launches.ReadAll())
        {
            var id = launch.Cell.ToString().Replace("linux-x64", "windows-x64", StringComparison.Ordinal);
            var other = launches.Single(record => (record.Cell.ToString(), record.Round) == (id, launch.Round));
            Assert.That(other.Outputs!.Images, Is.EqualTo(launch.Outputs!.Images), id);
            Assert.That(Outputs(theirs, other),
                Is.EqualTo(Outputs(ours, launch)).Within(id.StartsWith("good/", StringComparison.Ordinal) ? 0 : 1e-4), id);
        }
    }

    /// <summary>The ranges travel with the program, and the same ranges give the same int8 file.</summary>
    [Test]
    public void List_UnderWine_MakesTheInt8FileOfLinux()
    {
        using var folder = new TemporaryFolder();
        NeedsWine(folder);
        string[] arguments = ["--list", "--models", "unet", "--backends", "ort-cpu", "--precisions", "fp32,int8"];

        var windows = Wine(folder, arguments);
        using var running = HostProgram.Start(folder.Path, NoAvx512, arguments);
        var linux = running.Wait();

        Assert.That(windows.Output, Does.Not.Contain("Reading the ranges"), windows.Error);
        Assert.That(linux.ExitCode, Is.Zero, linux.Error);
        var made = Directory.GetFiles(Path.Combine(Published.Value, "models", ".cache"), "unet-int8-*.onnx").Single();
        Assert.That(
            File.ReadAllBytes(made), Is.EqualTo(File.ReadAllBytes(Repository.File("models", ".cache", Path.GetFileName(made)))));
    }

    private static float[] Outputs(RunFolder run, LaunchRecord launch) =>
        NpzFile.Read(Path.Combine(run.Path, launch.Outputs!.File)).ToSingles();

    private static RunFolder Run(string runs) => new(Directory.GetDirectories(runs).Single());

    private static string Publish()
    {
        var folder = Shared.File("published-win-x64");
        // With DirectML and WebGPU, as Windows' users want it; where there is no npm the build says so.
        var start = new ProcessStartInfo(
            "dotnet", ["publish", Repository.File("benchmarks"), "-r", "win-x64", "-c", "Release", "-o", folder, "--nologo", "-v", "quiet",
                HostProgram.Unanalysed])
        {
            RedirectStandardOutput = true,
        };
        start.Environment["BENCH_WEBGPU"] = "npm";
        using var publish = Process.Start(start)!;
        var output = publish.StandardOutput.ReadToEnd();
        publish.WaitForExit();
        if (output.Contains("BENCH003", StringComparison.Ordinal))
        {
            Assert.Ignore($"needs npm and its registry: {output}");
        }

        Assert.That(publish.ExitCode, Is.Zero, output);
        return folder;
    }

    private static void NeedsWine(TemporaryFolder folder)
    {
        var result = Start(folder, "wine", "--version");
        if (result.ExitCode != 0)
        {
            Assert.Ignore("needs Wine (Debian: apt install wine wine64)");
        }
    }

    private static HostProgram.Result Wine(TemporaryFolder folder, params string[] arguments) =>
        Start(folder, "wine", [Path.Combine(Published.Value, "Bench.Benchmarks.exe"), .. arguments]);

    private static HostProgram.Result Start(TemporaryFolder folder, string command, params string[] arguments)
    {
        var start = new ProcessStartInfo(command, arguments)
        {
            WorkingDirectory = folder.Path,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["WINEPREFIX"] = Shared.File("wine-prefix");
        start.Environment["WINEDEBUG"] = "-all";
        // Wine maps memory twice in a way that .NET's protection of code pages does not survive.
        start.Environment["DOTNET_EnableWriteXorExecute"] = "0";
        // Wine saves what AVX-512 needs in some versions alone; which int8 file suits the processor depends on it.
        start.Environment[NoAvx512.Name] = NoAvx512.Value;
        try
        {
            using var process = Process.Start(start)!;
            var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            if (!process.WaitForExit(TimeSpan.FromMinutes(5)))
            {
                process.Kill(entireProcessTree: true);
                Assert.Fail($"{command} {string.Join(' ', arguments)} did not end within five minutes");
            }

            // Wine's own services outlive it and keep the pipes.
            return new HostProgram.Result(process.ExitCode, Read(output), Read(error));
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            return new HostProgram.Result(-1, string.Empty, e.Message);
        }

        static string Read(Task<string> text) => text.Wait(TimeSpan.FromSeconds(20)) ? text.Result : string.Empty;
    }
}
