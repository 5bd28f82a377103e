using Bench.Inference.NativeRuntimes;

namespace Bench.EndToEnd.Tests.OnnxRuntimeSource;

/// <summary>Where engines come from: a copy of the projects that know, built against feeds and registries of the test's own.</summary>
public class OnnxRuntimeSourceTests
{
    private const string Project = "Bench.OnnxRuntime";

    [TestCase("BENCH_GPU", "expected nvidia")]
    [TestCase("BENCH_WEBGPU", "expected npm")]
    [TestCase("BENCH_DIRECTML", "expected nuget")]
    public void Build_UnknownChoice_IsOneClearError(string variable, string expected)
    {
        using var project = new ProjectCopy();

        var (code, errors, output) = project.Build(Project, [], (variable, "abacus"));

        Assert.That(code, Is.Not.Zero);
        Assert.That(errors, Has.Count.EqualTo(1), output);
        Assert.That(errors[0], Does.Contain("BENCH001").And.Contain($"Found {variable}=abacus; {expected}"));
    }

    [Test]
    public void Build_FeedWithoutOnnxRuntime_IsOneClearError()
    {
        using var project = new ProjectCopy();

        var (code, errors, output) = project.Build(Project, []);

        Assert.That(code, Is.Not.Zero);
        Assert.That(errors, Has.Count.EqualTo(1), output);
        Assert.That(errors[0],
            Does.Contain($"do not serve Microsoft.ML.OnnxRuntime.Managed {ProjectCopy.Version}").And.Contain("dotnet nuget add source"));
    }

    [Long]
    [Test]
    public void Build_FeedWithAnotherVersion_IsOneClearError()
    {
        using var project = new ProjectCopy();
        project.AddOnnxRuntime("1.29.0", "linux-x64");

        var (_, errors, output) = project.Build(Project, []);

        Assert.That(errors, Has.Count.EqualTo(1), output);
        Assert.That(errors[0], Does.Contain($"do not serve Microsoft.ML.OnnxRuntime.Managed {ProjectCopy.Version}"));
    }

    [Long]
    [TestCase("linux-x64", "none", new[] { "cpu" })]
    [TestCase("linux-x64", "nvidia", new[] { "cpu", "cpu,cuda,tensorrt" })]
    [TestCase("win-x64", "nvidia", new[] { "cpu", "cpu,cuda,tensorrt" })]
    [TestCase("linux-arm64", "nvidia", new[] { "cpu" })]
    public void Build_FeedThatServesThePackages_LaysOutWhatWasAskedFor(string rid, string gpu, string[] providers)
    {
        using var project = new ProjectCopy();
        project.AddOnnxRuntime(ProjectCopy.Version, "linux-x64", "win-x64", "linux-arm64");

        var (code, errors, _) = project.Build(Project, [$"-p:OnnxRuntimeRid={rid}"], ("BENCH_GPU", gpu));

        Assert.That(code, Is.Zero, string.Join('\n', errors));
        Assert.That(project.Flavours(rid).Select(flavour => string.Join(',', flavour.Providers)), Is.EqualTo(providers));
        Assert.That(project.Flavours(rid).Select(flavour => (flavour.Source, flavour.Version.ToString())),
            Is.All.EqualTo(("nuget", ProjectCopy.Version)));
        Assert.That(File.Exists(Path.Combine(project.Flavours(rid)[0].Folder, "ThirdPartyNotices.txt")), "notices travel with the library");
    }

    [Long]
    [Test]
    public void Build_DirectMLFromNuGet_TakesItAndAllOthersAtItsVersion()
    {
        using var project = new ProjectCopy();
        project.AddOnnxRuntime(ProjectCopy.DirectMLVersion, "win-x64");
        var library = project.Folder("library");
        project.AddPackage("Microsoft.ML.OnnxRuntime.DirectML", ProjectCopy.DirectMLVersion, (ProjectCopy.Native("win-x64"), library));
        project.AddPackage("Microsoft.AI.DirectML", "1.15.4", ("bin/x64-win/DirectML.dll", library));

        var (code, errors, _) = project.Build(Project, ["-p:OnnxRuntimeRid=win-x64"], ("BENCH_DIRECTML", "nuget"));

        Assert.That(code, Is.Zero, string.Join('\n', errors));
        var flavours = project.Flavours("win-x64");
        Assert.That(flavours.Select(flavour => (string.Join(',', flavour.Providers), flavour.Version.ToString())),
            Is.EqualTo([("cpu", ProjectCopy.DirectMLVersion), ("cpu,directml", ProjectCopy.DirectMLVersion)]));
        Assert.That(File.Exists(Path.Combine(flavours[1].Folder, "DirectML.dll")), "DirectML itself lies beside it");
    }

    [Long]
    [Test]
    public void Build_DirectMLFromNuGetThatLacksIt_IsOneErrorThatNamesBothWays()
    {
        using var project = new ProjectCopy();
        project.AddOnnxRuntime(ProjectCopy.DirectMLVersion, "win-x64");

        var (code, errors, output) = project.Build(Project, ["-p:OnnxRuntimeRid=win-x64"], ("BENCH_DIRECTML", "nuget"));

        Assert.That(code, Is.Not.Zero);
        Assert.That(errors, Has.Count.EqualTo(1), output);
        Assert.That(
            errors[0], Does.Contain("do not serve Microsoft.ML.OnnxRuntime.DirectML").And.Contain("BENCH_DIRECTML").And.Contain("npm"));
    }

    [Long]
    [Test]
    public void Build_PackageWithAnotherHash_IsRefused()
    {
        using var project = new ProjectCopy();
        project.AddOnnxRuntime(ProjectCopy.Version, "linux-x64");
        project.Edit(
            "Directory.Packages.props", text => text.Replace("<OnnxRuntimeHash>", "<OnnxRuntimeHash>another", StringComparison.Ordinal));

        var (code, errors, _) = project.Build(Project, ["-p:OnnxRuntimeRid=linux-x64"]);

        Assert.That(code, Is.Not.Zero);
        Assert.That(errors[0], Does.Contain("BENCH005").And.Contain("content hash"));
    }

    [Long]
    [Test]
    [Platform("Linux")]
    public void Build_NpmThatCannotBeReached_IsOneClearError()
    {
        using var project = new ProjectCopy();
        project.AddOnnxRuntime(ProjectCopy.Version, "linux-x64");

        // A registry that refuses every connection.
        var (code, errors, output) = project.Build(
            Project,
            ["-p:OnnxRuntimeRid=linux-x64"],
            ("BENCH_WEBGPU", "npm"),
            ("npm_config_registry", "http://127.0.0.1:9/"),
            ("npm_config_fetch_retries", "0"),
            ("npm_config_cache", project.Folder("npm-cache")));

        Assert.That(code, Is.Not.Zero);
        Assert.That(errors, Has.Count.EqualTo(1), output);
        Assert.That(errors[0], Does.Contain("BENCH003").And.Contain("leave BENCH_WEBGPU out"));
    }

    [Long]
    [Test]
    public void Build_AnotherVersion_LeavesNothingOfTheOlderOne()
    {
        using var project = new ProjectCopy();
        project.AddOnnxRuntime(ProjectCopy.Version, "linux-x64");
        project.AddOnnxRuntime("1.99.0", "linux-x64");
        _ = project.Build(Project, ["-p:OnnxRuntimeRid=linux-x64"]);

        project.Edit("Directory.Packages.props", text => text.Replace(ProjectCopy.Version, "1.99.0", StringComparison.Ordinal));
        var (code, errors, _) = project.Build(Project, ["-p:OnnxRuntimeRid=linux-x64"]);

        Assert.That(code, Is.Zero, string.Join('\n', errors));
        Assert.That(project.Flavours("linux-x64").Select(flavour => flavour.Version.ToString()), Is.EqualTo(["1.99.0"]));
    }

    [Long]
    [Test]
    public void Build_PackagesThatAreHereAlready_AskNoFeed()
    {
        using var project = new ProjectCopy();
        project.AddOnnxRuntime(ProjectCopy.Version, "linux-x64");
        string[] arguments = ["-p:OnnxRuntimeRid=linux-x64"];
        _ = project.Build(Project, arguments);
        Directory.Delete(project.Folder("feed"), recursive: true);
        Directory.CreateDirectory(project.Folder("feed"));

        var (code, errors, output) = project.Build(Project, arguments);

        Assert.That(code, Is.Zero, output);
        Assert.That(errors, Is.Empty);
    }

    [Long]
    [Test]
    public void Build_OpenVinoFromNuGetThatLacksIt_IsOneErrorThatSaysWhatToDo()
    {
        using var project = new ProjectCopy("Bench.Inference", "Bench.Models", "Bench.Arrays");
        project.AllowPackagesOfThisMachine();
        project.AddOnnxRuntime(ProjectCopy.Version, RuntimeCatalogue.PlatformRid);

        var (code, errors, output) = project.Build("Bench.Inference", [], ("BENCH_OPENVINO", "nuget"));

        Assert.That(code, Is.Not.Zero);
        Assert.That(errors, Has.Count.EqualTo(1), output);
        Assert.That(errors[0], Does.Contain("do not serve OpenVINO.CSharp.API").And.Contain("Leave BENCH_OPENVINO out"));
    }

    [Test]
    public void Build_TheSolution_CopiesNoNativeLibraryIntoItsOutput()
    {
        var copies = new[] { "benchmarks", "src", "tests" }
            .SelectMany(folder => Directory.GetDirectories(Repository.File(folder), "bin", SearchOption.AllDirectories))
            .Where(folder => !folder.Contains("node_modules", StringComparison.Ordinal))
            .SelectMany(folder => Directory.GetFiles(folder, "*onnxruntime*", SearchOption.AllDirectories))
            .Where(file => Path.GetFileName(file) is var name
                && (name.Contains(".so", StringComparison.Ordinal)
                    || name.EndsWith(".dylib", StringComparison.Ordinal) || name == "onnxruntime.dll"));

        Assert.That(copies, Is.Empty);
    }

    [Test]
    public void InRepository_FolderOutsideAnyCheckout_IsNone()
    {
        using var folder = new TemporaryFolder();

        Assert.That(RuntimeCatalogue.InRepository(folder.Path), Is.Null, "a program that is moved finds only what lies beside it");
        Assert.That(
            RuntimeCatalogue.InRepository(AppContext.BaseDirectory), Is.EqualTo(Repository.File("src", "Bench.OnnxRuntime", "runtimes")));
    }
}
