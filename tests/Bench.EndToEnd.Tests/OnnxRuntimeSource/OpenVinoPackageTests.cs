using System.Diagnostics;
using Bench.EndToEnd.Tests.Runs;
using Bench.Inference.NativeRuntimes;
using Bench.Inference.Tests;

namespace Bench.EndToEnd.Tests.OnnxRuntimeSource;

/// <summary>A build with OpenVINO.CSharp.API, in the shapes of both its sources: it calls the public members that they share, and a session
/// on the stand-in for the C library gives what it gives without the package.</summary>
[Platform("Linux")]
public class OpenVinoPackageTests
{
    private const string Package = "OpenVINO.CSharp.API";

    [Long]
    [TestCase(ProjectCopy.OpenVinoVersion, "OpenVINO_CSharp_API", "", 20240, "2024.0.0-stand-in")]
    [TestCase("2025.4.0", Package, "REWRITE", 20251, "2026.4.1-stand-in")]
    public void Load_ThroughThePackage_GivesWhatTheCLibraryGives(
        string version, string assembly, string symbols, int numbering, string engine)
    {
        using var project = new ProjectCopy("Bench.Inference", "Bench.Models", "Bench.Arrays");
        project.AllowPackagesOfThisMachine();
        project.AddOnnxRuntime(ProjectCopy.Version, RuntimeCatalogue.PlatformRid);
        var package = Build(project, "Package", assembly, "package.cs.txt", $"<DefineConstants>{symbols}</DefineConstants>", "Library");
        project.AddPackage(Package, version, ($"lib/net10.0/{assembly}.dll", package));
        // What calls the package is analysed here, once: nothing else compiles it.
        string[] arguments = [$"-p:OpenVinoVersion={version}", .. symbols.Length > 0 ? [HostProgram.Unanalysed] : Array.Empty<string>()];
        var probe = Build(project, "Probe", "Probe", "probe.cs.txt", string.Empty, "Exe", arguments);
        var library = Path.Combine(Path.GetDirectoryName(probe)!, "libopenvino_c.so");
        StandIn.Compile(Repository.File("tests", "Bench.Inference.Tests", "OpenVino", "stand_in.c"), library);

        var lines = Run(probe, library, numbering);

        Assert.That(lines, Is.EqualTo([
            $"True: OPENVINO_LIB_PATHS: libopenvino_c.so, through {Package} {Version(package)}",
            "1.5 2.5 3.5 4.5",
            "PERFORMANCE_HINT=LATENCY", "INFERENCE_PRECISION_HINT=bf16", "NUM_STREAMS=2", "INFERENCE_NUM_THREADS=6",
            "ENABLE_CPU_PINNING=YES", "EXECUTION_DEVICES=CPU", $"API={Package} {Version(package)}",
            "threads=3", "streams=2", "affinity=pinned by OpenVINO", "device=processor",
            engine, "allocated 0", "bf16", "alive 0",
            "OpenVINO cannot compile none.onnx for CPU: Model file none.onnx cannot be opened!"]));

        // The rewrite looks for the library itself: where it does not find the one that Bench found, it says so.
        if (symbols.Length > 0)
        {
            var elsewhere = Path.Combine(Directory.CreateDirectory(project.Folder("elsewhere")).FullName, "libopenvino_c.so");
            File.Move(library, elsewhere);

            Assert.That(Run(probe, elsewhere, numbering)[1..], Is.EqualTo([
                "OpenVINO does not start: Failed to load native library 'libopenvino_c.so'. "
                + $"{Package} {Version(package)} looks for the library itself, in {Path.GetDirectoryName(probe)}/ among other places: link "
                + $"{elsewhere} there under the name that it looks for, or leave BENCH_OPENVINO out to build without it."]));
        }
    }

    private static string Version(string package) => System.Reflection.AssemblyName.GetAssemblyName(package).Version!.ToString();

    private static string Build(
        ProjectCopy project, string name, string assembly, string source, string properties, string output, params string[] arguments)
    {
        var folder = Directory.CreateDirectory(Path.Combine(project.Folder("src"), name)).FullName;
        File.Copy(
            Repository.File("tests", "Bench.EndToEnd.Tests", "OnnxRuntimeSource", "OpenVino", source), Path.Combine(folder, "Program.cs"));
        var reference = name == "Probe"
            ? """<ItemGroup><ProjectReference Include="../Bench.Inference/Bench.Inference.csproj" /></ItemGroup>"""
            : string.Empty;
        File.WriteAllText(
            Path.Combine(folder, name + ".csproj"),
            $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <AssemblyName>{assembly}</AssemblyName>
                <OutputType>{output}</OutputType>
                <Nullable>disable</Nullable>
                <AllowUnsafeBlocks>true</AllowUnsafeBlocks>
                <RunAnalyzers>false</RunAnalyzers>
                <EnforceCodeStyleInBuild>false</EnforceCodeStyleInBuild>
                <GenerateDocumentationFile>false</GenerateDocumentationFile>
                {properties}
              </PropertyGroup>
              {reference}
            </Project>
            """);
        var (code, errors, text) = project.Build(name, arguments, ("BENCH_OPENVINO", name == "Probe" ? "nuget" : string.Empty));
        Assert.That(code, Is.Zero, errors.Count > 0 ? string.Join('\n', errors) : text);
        return Directory.GetFiles(Path.Combine(folder, "bin"), assembly + ".dll", SearchOption.AllDirectories)[0];
    }

    private static string[] Run(string probe, string library, int numbering)
    {
        var folder = Path.GetDirectoryName(probe)!;
        var network = Path.Combine(folder, "any.onnx");
        File.WriteAllText(network, "any");
        var start = new ProcessStartInfo("dotnet", [probe, network, library, $"{numbering}"])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
        };
        start.Environment["OPENVINO_LIB_PATHS"] = Path.GetDirectoryName(library);
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.That(process.ExitCode, Is.Zero, output);
        return output.TrimEnd().Split('\n');
    }
}
