using System.Diagnostics;
using System.IO.Compression;
using Bench.Inference.NativeRuntimes;

namespace Bench.EndToEnd.Tests.OnnxRuntimeSource;

/// <summary>Where ONNX Runtime comes from: a copy of the project that knows, built against feeds and registries of the test's own.</summary>
[NonParallelizable]
public class OnnxRuntimeSourceTests
{
    [Test]
    public void Build_UnknownChoice_IsOneClearError()
    {
        using var project = new ProjectCopy();

        var (code, errors, _) = project.Build(("BENCH_ONNXRUNTIME", "abacus"));

        Assert.That(code, Is.Not.Zero);
        Assert.That(errors, Has.Count.EqualTo(1));
        Assert.That(errors[0], Does.Contain("BENCH001").And.Contain("found BENCH_ONNXRUNTIME=abacus; expected nuget, npm").IgnoreCase);
    }

    [Test]
    public void Build_ForcedToNuGetThatLacksIt_IsOneClearError()
    {
        using var project = new ProjectCopy();

        var (code, errors, _) = project.Build(("BENCH_ONNXRUNTIME", "nuget"));

        Assert.That(code, Is.Not.Zero);
        Assert.That(errors, Has.Count.EqualTo(1));
        Assert.That(errors[0], Does.Contain("BENCH002").And.Contain("BENCH_ONNXRUNTIME=npm"));
    }

    [Test]
    [Platform("Linux")]
    public void Build_NeitherNuGetNorNpm_IsOneErrorThatNamesBothWays()
    {
        using var project = new ProjectCopy();

        // A registry that refuses every connection.
        var (code, errors, _) = project.Build(("npm_config_registry", "http://127.0.0.1:9/"), ("npm_config_fetch_retries", "0"), ("npm_config_cache", project.Folder("npm-cache")));

        Assert.That(code, Is.Not.Zero);
        Assert.That(errors, Has.Count.EqualTo(1), string.Join('\n', errors));
        Assert.That(errors[0], Does.Contain("BENCH003").And.Contain("BENCH_ONNXRUNTIME=nuget").And.Contain("BENCH_ONNXRUNTIME=npm"));
    }

    [Test]
    [Platform("Linux")]
    public void Build_FeedThatServesThePackages_TakesThemAndRemembers()
    {
        if (RuntimeCatalogue.Find().Flavours is not [{ Source: "npm" } flavour, ..] || flavour.Rid != "linux-x64")
        {
            Assert.Ignore("makes packages of what npm gave on linux-x64, which this machine did not use");
            return;
        }

        using var project = new ProjectCopy();
        project.AddPackage("Microsoft.ML.OnnxRuntime.Gpu", "OnnxRuntimeNuGetVersion");
        project.AddPackage("Microsoft.ML.OnnxRuntime.Gpu.Linux", "OnnxRuntimeNuGetVersion", ("runtimes/linux-x64/native/libonnxruntime.so", flavour.LibraryPath));
        project.AddPackage("Microsoft.ML.OnnxRuntime.Managed", "OnnxRuntimeDirectMLVersion", ("lib/net8.0/Microsoft.ML.OnnxRuntime.dll", typeof(Microsoft.ML.OnnxRuntime.OrtEnv).Assembly.Location));

        var (code, errors, output) = project.Build();
        Assert.That(code, Is.Zero, string.Join('\n', errors));
        Assert.That(output, Does.Contain("Asking the NuGet feeds"));
        Assert.That(project.Flavours.Select(f => f.Source), Is.EqualTo(["nuget"]));

        Assert.That(project.Build().Output, Does.Not.Contain("Asking the NuGet feeds"), "the answer is cached");
    }

    [Test]
    public void Build_TheSolution_CopiesNoNativeLibraryIntoItsOutput()
    {
        var copies = new[] { "benchmarks", "src", "tests" }
            .SelectMany(folder => Directory.GetDirectories(Repository.File(folder), "bin", SearchOption.AllDirectories))
            .Where(folder => !folder.Contains("node_modules", StringComparison.Ordinal))
            .SelectMany(folder => Directory.GetFiles(folder, "*onnxruntime*", SearchOption.AllDirectories))
            .Where(file => Path.GetFileName(file) is var name && (name.Contains(".so", StringComparison.Ordinal) || name.EndsWith(".dylib", StringComparison.Ordinal) || name == "onnxruntime.dll"));

        Assert.That(copies, Is.Empty);
    }

    /// <summary>The project in a folder of its own, with one feed, empty at first, and a package folder of its own.</summary>
    private sealed class ProjectCopy : IDisposable
    {
        private readonly TemporaryFolder _folder = new();

        public ProjectCopy()
        {
            foreach (var file in new[] { "global.json", "Directory.Build.props", "Directory.Packages.props", ".editorconfig" })
            {
                File.Copy(Repository.File(file), _folder.File(file));
            }

            foreach (var file in new[] { "Bench.OnnxRuntime.csproj", "build/OnnxRuntime.props", "build/OnnxRuntime.targets", "build/OnnxRuntime.Natives.targets", "npm/package.json", "npm/package-lock.json", "npm/.npmrc" })
            {
                var path = _folder.File(Path.Combine("src", "Bench.OnnxRuntime", file));
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                File.Copy(Repository.File("src", "Bench.OnnxRuntime", file), path);
            }

            Directory.CreateDirectory(Folder("feed"));
            _folder.Write("NuGet.config", $"""<configuration><packageSources><clear /><add key="test" value="{Folder("feed")}" /></packageSources></configuration>""");
        }

        public IReadOnlyList<Flavour> Flavours =>
            RuntimeCatalogue.Find([_folder.File(Path.Combine("src", "Bench.OnnxRuntime", "runtimes"))], RuntimeCatalogue.PlatformRid).Flavours;

        public string Folder(string name) => _folder.File(name);

        public void AddPackage(string id, string versionProperty, params (string Entry, string File)[] files)
        {
            var version = System.Xml.Linq.XDocument.Load(_folder.File("Directory.Packages.props")).Descendants(versionProperty).Single().Value;
            using var package = ZipFile.Open(Path.Combine(Folder("feed"), $"{id}.{version}.nupkg"), ZipArchiveMode.Create);
            using (var writer = new StreamWriter(package.CreateEntry(id + ".nuspec").Open()))
            {
                writer.Write($"""<package xmlns="http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd"><metadata><id>{id}</id><version>{version}</version><authors>test</authors><description>test</description></metadata></package>""");
            }

            foreach (var (entry, file) in files)
            {
                package.CreateEntryFromFile(file, entry, CompressionLevel.Fastest);
            }
        }

        public (int Code, List<string> Errors, string Output) Build(params (string Name, string Value)[] variables)
        {
            var start = new ProcessStartInfo("dotnet", ["build", _folder.File(Path.Combine("src", "Bench.OnnxRuntime")), "--nologo"])
            {
                WorkingDirectory = _folder.Path,
                RedirectStandardOutput = true,
            };
            start.Environment["NUGET_PACKAGES"] = Folder("packages");
            start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
            start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
            foreach (var (name, value) in variables)
            {
                start.Environment[name] = value;
            }

            using var process = Process.Start(start)!;
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, [.. output.Split('\n').Where(line => line.Contains("error ", StringComparison.Ordinal)).Select(line => line.Trim()).Distinct()], output);
        }

        public void Dispose() => _folder.Dispose();
    }
}
