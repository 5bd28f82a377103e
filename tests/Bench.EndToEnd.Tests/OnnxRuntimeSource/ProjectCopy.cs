using System.Diagnostics;
using System.IO.Compression;
using System.Text.RegularExpressions;
using Bench.Inference.NativeRuntimes;

namespace Bench.EndToEnd.Tests.OnnxRuntimeSource;

/// <summary>The projects that know where engines come from, in a folder of their own, with one feed, empty at first, and a package
/// folder of their own.</summary>
internal sealed partial class ProjectCopy : IDisposable
{
    /// <summary>As <c>Directory.Packages.props</c> has them.</summary>
    public const string Version = "1.30.0", DirectMLVersion = "1.24.4", OpenVinoVersion = "2024.0.0.1";

    private readonly TemporaryFolder _folder = new();

    /// <param name="projects">The folders under <c>src</c> to copy.</param>
    public ProjectCopy(params string[] projects)
    {
        foreach (var file in new[] { "global.json", "Directory.Build.props", "Directory.Packages.props", ".editorconfig", "Bench.sln" })
        {
            File.Copy(Repository.File(file), _folder.File(file));
        }

        foreach (var project in projects.Append("Bench.OnnxRuntime"))
        {
            Copy(Repository.File("src", project), _folder.File(Path.Combine("src", project)));
        }

        Directory.CreateDirectory(Folder("feed"));
        _folder.Write(
            "NuGet.config",
            $"""
            <configuration>
              <packageSources><clear /><add key="test" value="{Folder("feed")}" /></packageSources>
              <fallbackPackageFolders><clear /></fallbackPackageFolders>
            </configuration>
            """);
        // The packages of these tests are made by them, and have other hashes.
        Edit("Directory.Packages.props", text => Hash().Replace(text, string.Empty));
    }

    public IReadOnlyList<Flavour> Flavours(string rid) =>
        RuntimeCatalogue.Find([_folder.File(Path.Combine("src", "Bench.OnnxRuntime", "runtimes"))], rid).Flavours;

    public string Folder(string name) => _folder.File(name);

    public void Edit(string file, Func<string, string> edit) =>
        File.WriteAllText(_folder.File(file), edit(File.ReadAllText(_folder.File(file))));

    /// <summary>Packages that this machine has already may be used, beside those of the feed; but for ONNX Runtime's,
    /// which the test makes.</summary>
    public void AllowPackagesOfThisMachine()
    {
        var here = Directory.CreateDirectory(Folder("here")).FullName;
        foreach (var package in Directory.GetDirectories(Repository.Packages)
            .Where(path => !Path.GetFileName(path).StartsWith("microsoft.ml.onnxruntime", StringComparison.Ordinal)))
        {
            Directory.CreateSymbolicLink(Path.Combine(here, Path.GetFileName(package)), package);
        }

        Edit("NuGet.config", text => text.Replace(
            "<fallbackPackageFolders><clear />",
            $"""<fallbackPackageFolders><clear /><add key="here" value="{here}" />""", StringComparison.Ordinal));
    }

    public void AddPackage(string id, string version, params (string Entry, string File)[] files)
    {
        using var package = ZipFile.Open(Path.Combine(Folder("feed"), $"{id}.{version}.nupkg"), ZipArchiveMode.Create);
        using (var writer = new StreamWriter(package.CreateEntry(id + ".nuspec").Open()))
        {
            writer.Write(
                $"""
                <package xmlns="http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd">
                  <metadata><id>{id}</id><version>{version}</version><authors>test</authors><description>test</description></metadata>
                </package>
                """);
        }

        foreach (var (entry, file) in files)
        {
            package.CreateEntryFromFile(file, entry, CompressionLevel.Fastest);
        }
    }

    /// <summary>Adds ONNX Runtime's own packages: the real managed API, and files that stand for native libraries.</summary>
    public void AddOnnxRuntime(string version, params string[] rids)
    {
        var library = _folder.Write("library", "stands for a native library");
        AddPackage(
            "Microsoft.ML.OnnxRuntime.Managed",
            version,
            ("lib/net8.0/Microsoft.ML.OnnxRuntime.dll", typeof(Microsoft.ML.OnnxRuntime.OrtEnv).Assembly.Location),
            ("LICENSE.txt", library),
            ("ThirdPartyNotices.txt", library));
        AddPackage("Microsoft.ML.OnnxRuntime", version, [.. rids.Select(rid => (Native(rid), library))]);
        foreach (var rid in rids.Where(rid => rid.EndsWith("x64", StringComparison.Ordinal)))
        {
            AddPackage(rid.StartsWith("win", StringComparison.Ordinal)
                ? "Microsoft.ML.OnnxRuntime.Gpu.Windows"
                : "Microsoft.ML.OnnxRuntime.Gpu.Linux", version, (Native(rid), library));
        }
    }

    public static string Native(string rid) =>
        $"runtimes/{rid}/native/{(rid.StartsWith("win", StringComparison.Ordinal) ? "onnxruntime.dll" : "libonnxruntime.so")}";

    public (int Code, List<string> Errors, string Output) Build(
        string project, string[] arguments, params (string Name, string Value)[] variables) =>
            Run("build", project, arguments, variables);

    public (int Code, List<string> Errors, string Output) Run(
        string verb, string project, string[] arguments, params (string Name, string Value)[] variables)
    {
        var start = new ProcessStartInfo("dotnet", [verb, _folder.File(Path.Combine("src", project)), .. arguments])
        {
            WorkingDirectory = _folder.Path,
            RedirectStandardOutput = true,
        };
        start.Environment["NUGET_PACKAGES"] = Folder("packages");
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        start.Environment["BENCH_GPU"] = "none";
        foreach (var name in new[] { "BENCH_WEBGPU", "BENCH_DIRECTML", "BENCH_OPENVINO" })
        {
            start.Environment.Remove(name);
        }

        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, [.. output.Split('\n').Where(line => line.Contains("error ", StringComparison.Ordinal))
            .Select(line => line.Trim()).Distinct()], output);
    }

    public void Dispose() => _folder.Dispose();

    private static void Copy(string source, string target)
    {
        Directory.CreateDirectory(target);
        foreach (var file in Directory.GetFiles(source).Where(file => !file.EndsWith("packages.lock.json", StringComparison.Ordinal)))
        {
            File.Copy(file, Path.Combine(target, Path.GetFileName(file)));
        }

        foreach (var folder in Directory.GetDirectories(source)
            .Where(folder => Path.GetFileName(folder) is not ("bin" or "obj" or "node_modules" or "runtimes")))
        {
            Copy(folder, Path.Combine(target, Path.GetFileName(folder)));
        }
    }

    [GeneratedRegex("(?<=Hash>)[A-Za-z0-9+/=]{80,}(?=</)")]
    private static partial Regex Hash();
}
