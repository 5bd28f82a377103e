using System.Diagnostics;
using Bench.Analysis.Runs;
using Bench.Benchmarks.Machines;
using Bench.EndToEnd.Tests.Runs;
using Bench.Inference;
using Bench.Inference.NativeRuntimes;

namespace Bench.EndToEnd.Tests.Engines;

/// <summary>What the program does with engines that are there, that are not, and that misbehave.</summary>
public partial class EngineTests
{
    private static readonly string Platform = MachineProbe.Platform;
    private static readonly IReadOnlyList<Flavour> Flavours = RuntimeCatalogue.Find().Flavours;

    private TemporaryFolder _folder = null!;

    [SetUp]
    public void SetUp() => _folder = new TemporaryFolder();

    [TearDown]
    public void TearDown() => _folder.Dispose();

    [Test]
    public void List_AllBackends_SaysOfEachWhetherItIsThereOrWhyNot()
    {
        var result = HostProgram.Run(_folder.Path, "--list", "--models", UserModels.Write(_folder, "good", UserModels.Onnx("Abs")));

        Assert.That(result.ExitCode, Is.Zero, result.Error);
        var lines = result.Output.Split('\n');
        foreach (var backend in BackendCatalogue.All(RuntimeCatalogue.Find()))
        {
            var row = Array.FindIndex(lines, line => line.StartsWith($"  {backend.Id} ", StringComparison.Ordinal));
            Assert.That(row, Is.Not.Negative, backend.Id);
            Assert.That(lines[row + 1].Trim(), Does.StartWith("available: ").Or.StartWith("unavailable: "), backend.Id);
            Assert.That(lines[row + 1], Has.Length.GreaterThan(60), "a reason is more than a word");
        }
    }

    [Test]
    public void Run_BackendThatIsNotThere_KeepsItsRowAndMeasuresTheOthers()
    {
        var card = UserModels.Write(_folder, "good", UserModels.Onnx("Abs"));

        var result = HostProgram.Run(
            _folder.Path, "--profile", "smoke", "--models", card,
            "--backends", $"ort-cpu,{(OperatingSystem.IsWindows() ? "openvino-gpu" : "ort-directml")}", "--precisions", "fp32",
            "--output", _folder.File("runs"));

        Assert.That(result.ExitCode, Is.EqualTo(4), "what was named must be there");
        Assert.That(result.Output, Does.Contain("asked for and not available"));
        var cells = Cells();
        Assert.That(cells.Select(cell => cell.Status), Is.EquivalentTo([CellStatus.Measured, CellStatus.Unavailable]));
        Assert.That(cells.Single(cell => cell.Status == CellStatus.Unavailable).Reason, Is.Not.Empty);
    }

    [Test]
    [Platform("Linux")]
    public void Run_EngineThatCrashesInItsTrial_IsAFailureThatNobodyNeedsToName()
    {
        var card = UserModels.Write(_folder, "good", UserModels.Onnx("Abs"));
        var library = Compile("libonnxruntime.so", Engine("99.0.0", "abort();"));

        var result = HostProgram.Run(
            _folder.Path, "--profile", "smoke", "--models", card, "--backends", "ort-cpu", "--ort-library", library, "--precisions", "fp32",
            "--output", _folder.File("runs"));

        Assert.That(result.ExitCode, Is.EqualTo(4));
        Assert.That(Cells().Select(cell => (cell.Backend.ToString(), cell.Status)),
            Is.EqualTo([("ort-cpu", CellStatus.Measured), ("ort-cpu@local", CellStatus.Failed)]));
        Assert.That(File.ReadAllText(Path.Combine(Directory.GetDirectories(_folder.File("runs")).Single(), "run.json")),
            Does.Not.Contain(_folder.Path), "where it lay is nobody's business");
    }

    [Long]
    [Test]
    public void Run_NamedBesideAll_MustBeThere()
    {
        var card = UserModels.Write(_folder, "good", UserModels.Onnx("Abs"));

        var result = HostProgram.Run(_folder.Path, "--profile", "smoke", "--models", card, "--backends", "all,ort-cpu@1.0.0",
            "--precisions", "fp32", "--output", _folder.File("runs"));

        Assert.That(result.ExitCode, Is.EqualTo(4));
        Assert.That(result.Output, Does.Contain("ort-cpu@1.0.0: asked for and not available"));
    }

    [Long]
    [Test]
    [Platform("Linux")]
    public void Run_LaunchThatHangs_IsStoppedAndTheOthersGoOn()
    {
        var cards =
            $"{UserModels.Write(_folder, "first", UserModels.Onnx("Abs"))},{UserModels.Write(_folder, "second", UserModels.Onnx("Neg"))}";
        var running = HostProgram.Start(
            _folder.Path, ("BENCH_PATIENCE_SECONDS", "20"), "--profile", "smoke", "--models", cards, "--backends", "ort-cpu",
            "--precisions", "fp32", "--output", _folder.File("runs"));

        running.FreezeBenchmarkProcess();
        var result = running.Wait();

        Assert.That(result.ExitCode, Is.EqualTo(4), result.Output + result.Error);
        Assert.That(Cells().Select(cell => cell.Status), Is.EquivalentTo([CellStatus.Failed, CellStatus.Measured]));
        Assert.That(Cells().Single(cell => cell.Status == CellStatus.Failed).Reason,
            Does.Contain("gave no sign of life for 20 seconds and was stopped"));
    }

    [Test]
    [Platform("Linux")]
    public void Run_ProgramIsKilled_LeavesNoBenchmarkProcessBehind()
    {
        var card = UserModels.Write(_folder, "first", UserModels.Onnx("Abs"));
        var running = HostProgram.Start(_folder.Path, "--profile", "paper", "--models", card, "--backends", "ort-cpu",
            "--precisions", "fp32", "--output", _folder.File("runs"));

        var child = running.WaitForBenchmarkProcess();
        running.Kill();

        Assert.That(() => Directory.Exists($"/proc/{child}"), Is.False.After(10_000, 50));
    }

    [TestCase("ort-cpu@1.0.0", "older than the managed API")]
    [TestCase("ort-cpu@99.0.0", "cannot be fetched")]
    [TestCase("ort-cuda@99.0.0", "cannot be fetched")]
    [TestCase("ort-cpu@local", "--ort-library")]
    public void List_VersionThatCannotBeHad_SaysWhy(string backend, string reason)
    {
        var result = HostProgram.Run(
            _folder.Path, "--list", "--backends", backend, "--models", UserModels.Write(_folder, "good", UserModels.Onnx("Abs")));

        Assert.That(result.Output, Does.Match($"unavailable: .*{reason}"));
    }

    [Test]
    public void List_OwnLibrary_IsTriedAndNamedByItsHash()
    {
        var result = List("--backends", "ort-cpu@local", "--ort-library", Flavours[0].LibraryPath);

        Assert.That(result.Output, Does.Match($@"available: onnxruntime {Flavours[0].Version}, from local \S+ sha256:[0-9a-f]{{12}}"));
    }

    [Test]
    public void List_OwnLibraryThatIsNone_SaysWhatItIs()
    {
        Assert.That(List("--backends", "ort-cpu@local", "--ort-library", _folder.Write("libonnxruntime.so", "not a library")).Output,
            Does.Contain("expected a native library"));
    }

    [Test]
    public void List_OwnLibraryOfAnotherArchitecture_SaysBoth()
    {
        // The package has the libraries of all platforms; the build laid one of them out, as a link to the file in the package folder.
        var other = Path.Combine(
            Repository.Packages, "microsoft.ml.onnxruntime", Flavours[0].Version.ToString(), "runtimes", "linux-arm64", "native",
            "libonnxruntime.so");
        if (RuntimeCatalogue.PlatformRid != "linux-x64" || !File.Exists(other))
        {
            Assert.Ignore("needs linux-x64, and the package folder that the build used");
        }

        Assert.That(
            List("--backends", "ort-cpu@local", "--ort-library", other).Output, Does.Contain("is built for arm64; this process is x64"));
    }

    [Test]
    [Platform("Linux")]
    public void List_OwnLibraryWithMissingDependency_NamesIt()
    {
        var missing = Compile("libonnxruntime_needed.so", "int needed;");
        var library = Compile("libonnxruntime.so", "extern int needed; void* OrtGetApiBase(void) { return &needed; }", missing);
        File.Delete(missing);

        Assert.That(List("--backends", "ort-cpu@local", "--ort-library", library).Output,
            Does.Contain("libonnxruntime.so needs libonnxruntime_needed.so, not found"));
    }

    [TestCase("ort-cuda", "cublasLt")]
    [TestCase("ort-tensorrt", "nvinfer")]
    public void List_ProviderWithoutCuda_NamesWhatItMisses(string backend, string library)
    {
        if (!Flavours.Any(flavour => flavour.Providers.Contains("cuda")) || File.Exists("/proc/driver/nvidia/version"))
        {
            Assert.Ignore("needs the CUDA provider (BENCH_GPU=nvidia dotnet build) on a machine without CUDA");
        }

        var result = HostProgram.Run(
            _folder.Path, "--list", "--backends", backend, "--models", UserModels.Write(_folder, "good", UserModels.Onnx("Abs")));

        Assert.That(result.Output, Does.Match(
            $@"unavailable: \S*onnxruntime_providers_\w+\S* needs .*{library}.* It needs an NVIDIA GPU with its driver, CUDA 13"));
    }

    [Test]
    [Platform("Linux")]
    public void List_EngineThatIsTooOld_SaysSoBeforeItIsCalled()
    {
        var library = Compile("libonnxruntime.so", Engine("1.2.3", "return 0;"));

        Assert.That(List("--backends", "ort-cpu@local", "--ort-library", library).Output,
            Does.Contain("ONNX Runtime 1.2.3 is older than the managed API"));
    }

    [Test]
    [Platform("Linux")]
    public void List_EngineThatCrashes_HasItsLastWordsAndTheOthersGoOn()
    {
        var library = Compile("libonnxruntime.so", Engine("99.0.0", """fprintf(stderr, "engine on fire\n"); abort();"""));

        var result = List("--backends", "ort-cpu,ort-cpu@local", "--ort-library", library);

        Assert.That(result.Output, Does.Match("failed: .*ended the process with exit code 134.*engine on fire"),
            "an engine that is here and crashes is not merely absent");
        Assert.That(result.Output, Does.Match(@"ort-cpu  .*\n +available: onnxruntime"));
    }

    private HostProgram.Result List(params string[] arguments) =>
        HostProgram.Run(_folder.Path, ["--list", "--models", UserModels.Write(_folder, "good", UserModels.Onnx("Abs")), .. arguments]);

    private List<CellFacts> Cells() => [.. new RunFolder(Directory.GetDirectories(_folder.File("runs")).Single()).ReadManifest().Cells];

    // The head of ONNX Runtime's C API:
    // https://github.com/microsoft/onnxruntime/blob/main/include/onnxruntime/core/session/onnxruntime_c_api.h.
    private static string Engine(string version, string getApi) => $$"""
        #include <stdio.h>
        #include <stdlib.h>
        static const void* get_api(unsigned version) { {{getApi}} }
        static const char* get_version(void) { return "{{version}}"; }
        static struct { const void* (*get_api)(unsigned); const char* (*get_version)(void); } base = { get_api, get_version };
        const void* OrtGetApiBase(void) { return &base; }
        """;

    private string Compile(string name, string source, params string[] libraries)
    {
        var code = _folder.Write(name + ".c", source);
        var path = _folder.File(name);
        try
        {
            using var compiler = Process.Start(new ProcessStartInfo("cc", ["-shared", "-fPIC", "-w", "-o", path, code,
                .. libraries.Select(Path.GetFileName).Select(library => $"-l:{library}"), $"-L{_folder.Path}"])
            {
                RedirectStandardError = true,
            })!;
            var error = compiler.StandardError.ReadToEnd();
            compiler.WaitForExit();
            Assert.That(compiler.ExitCode, Is.Zero, error);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Ignore("needs a C compiler (Debian: apt install gcc)");
        }

        return path;
    }
}
