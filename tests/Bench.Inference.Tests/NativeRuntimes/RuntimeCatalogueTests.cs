using Bench.Inference.NativeRuntimes;

namespace Bench.Inference.Tests.NativeRuntimes;

public class RuntimeCatalogueTests
{
    [Test]
    public void Find_SeveralFlavours_TakesThoseOfThePlatformNewestFirst()
    {
        using var folder = new TemporaryFolder();
        Add(folder, "onnxruntime-1.9.0-linux-x64", "1.9.0", "linux-x64");
        Add(folder, "onnxruntime-1.30.0-linux-x64", "1.30.0", "linux-x64");
        Add(folder, "onnxruntime-1.30.0-win-x64", "1.30.0", "win-x64");
        Directory.CreateDirectory(folder.File("empty"));
        Directory.CreateDirectory(folder.File("damaged"));
        File.WriteAllText(Path.Combine(folder.File("damaged"), "flavour.json"), "{");

        var catalogue = RuntimeCatalogue.Find([folder.Path, "/nowhere"], "linux-x64");

        Assert.That(catalogue.Flavours.Select(flavour => flavour.Name),
            Is.EqualTo(["onnxruntime-1.30.0-linux-x64", "onnxruntime-1.9.0-linux-x64"]));
        Assert.That(catalogue.Flavours[0].LibraryPath, Is.EqualTo(Path.Combine(folder.Path, "onnxruntime-1.30.0-linux-x64", "lib.so")));
    }

    [Test]
    public void Find_LibraryMissing_LeavesTheFlavourOut()
    {
        using var folder = new TemporaryFolder();
        Add(folder, "a", "1.0.0", "linux-x64");
        File.Delete(Path.Combine(folder.File("a"), "lib.so"));

        Assert.That(RuntimeCatalogue.Find([folder.Path], "linux-x64").Flavours, Is.Empty);
    }

    [Test]
    public void Choose_SeveralBuilds_TakesThePlainestThatHoldsTheProvider()
    {
        using var folder = new TemporaryFolder();
        Add(folder, "onnxruntime-1.30.0-nuget-gpu-linux-x64", "1.30.0", "linux-x64", "cpu", "cuda", "tensorrt");
        Add(folder, "onnxruntime-1.30.0-npm-linux-x64", "1.30.0", "linux-x64", "cpu", "webgpu");
        Add(folder, "onnxruntime-1.30.0-nuget-linux-x64", "1.30.0", "linux-x64", "cpu");
        var catalogue = RuntimeCatalogue.Find([folder.Path], "linux-x64");

        Assert.That(Choose("cpu"), Is.EqualTo("onnxruntime-1.30.0-nuget-linux-x64"));
        Assert.That(Choose("cuda"), Is.EqualTo("onnxruntime-1.30.0-nuget-gpu-linux-x64"));
        Assert.That(Choose("webgpu"), Is.EqualTo("onnxruntime-1.30.0-npm-linux-x64"));
        Assert.That(Choose("directml"), Is.Null);

        string? Choose(string provider) => catalogue.Choose("onnxruntime", provider, null, new Version(1, 30, 0))?.Name;
    }

    [Test]
    public void Choose_FetchedLibrary_IsTheDefaultOnlyAtTheDefaultVersion()
    {
        using var folder = new TemporaryFolder();
        Add(folder, Path.Combine("fetched", "onnxruntime-1.31.0-npm-linux-x64"), "1.31.0", "linux-x64", "webgpu");
        Add(folder, Path.Combine("fetched", "onnxruntime-1.30.0-npm-linux-x64"), "1.30.0", "linux-x64", "webgpu");
        var catalogue = RuntimeCatalogue.Find([folder.Path, folder.File("fetched")], "linux-x64");

        Assert.That(catalogue.Choose("onnxruntime", "webgpu", null, new Version(1, 30, 0))!.Version, Is.EqualTo(new Version(1, 30, 0)));
        Assert.That(catalogue.Choose("onnxruntime", "webgpu", "1.31.0", new Version(1, 30, 0))!.Version, Is.EqualTo(new Version(1, 31, 0)));
        Assert.That(
            catalogue.Choose("onnxruntime", "webgpu", null, new Version(1, 29, 0)), Is.Null, "versions are never mixed by themselves");
    }

    private static void Add(TemporaryFolder folder, string name, string version, string rid, params string[] providers)
    {
        Directory.CreateDirectory(folder.File(name));
        File.WriteAllText(Path.Combine(folder.File(name), "lib.so"), string.Empty);
        var names = string.Join(", ", providers.DefaultIfEmpty("cpu").Select(provider => $"\"{provider}\""));
        File.WriteAllText(Path.Combine(folder.File(name), "flavour.json"), $$"""
            { "engine": "onnxruntime", "version": "{{version}}", "source": "npm", "package": "p@{{version}}",
              "rid": "{{rid}}", "library": "lib.so", "providers": [{{names}}] }
            """);
    }
}
