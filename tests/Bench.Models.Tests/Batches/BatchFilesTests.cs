using Bench.Models.Batches;
using Bench.Models.Files;
using Bench.Models.Onnx;
using Bench.Models.Signatures;
using Google.Protobuf;

namespace Bench.Models.Tests.Batches;

/// <summary>What becomes of files of tests/networks so that engines can be told how many images a request has.</summary>
public class BatchFilesTests
{
    private readonly TemporaryFolder _folder = new();

    [OneTimeTearDown]
    public void Delete() => _folder.Dispose();

    [TestCase("classifier", "image", "classes", "N")]
    [TestCase("sequence3", "signal", "filtered", "batch")]
    public void Make_FileWhoseAxesHaveNames_IsUsedAsItIs(string name, string input, string output, string axis)
    {
        var source = Source(Network(name));

        var (file, names) = BatchFiles.Make(source, Axes(input, output), name, _folder.File("none"));

        Assert.That(file, Is.SameAs(source));
        Assert.That(names, Is.EqualTo([axis]));
        Assert.That(Directory.Exists(_folder.File("none")), Is.False);
    }

    [Test]
    public void Make_AxesWithoutNames_AreNamedInAFileThatIsMadeOnce()
    {
        var source = Source(Changed("classifier", Unname));
        var axes = Axes("image", "classes");

        var (file, names) = BatchFiles.Make(source, axes, "mine", _folder.File("cache"));
        var written = File.GetLastWriteTimeUtc(file.Path);
        var (again, _) = BatchFiles.Make(source, axes, "mine", _folder.File("cache"));

        Assert.That(names, Is.EqualTo(["bench_batch"]));
        Assert.That(Shapes(file.Path), Is.EqualTo(("'image' float32 [bench_batch, 3, 8, 8]", "'classes' float32 [bench_batch, 5]")));
        Assert.That(again, Is.EqualTo(file));
        Assert.That(File.GetLastWriteTimeUtc(again.Path), Is.EqualTo(written));
        Assert.That(Directory.GetFiles(_folder.File("cache")), Is.EqualTo([file.Path]), "nothing half written stays");
        Assert.That(file.Sha256, Is.Not.EqualTo(source.Sha256));
        Assert.That(file.Origin.Source, Is.EqualTo(source.Origin.Source), "it is the same network");
        Assert.That(file.Origin.Recipe, Does.Contain("the batch axis named by Bench"));
    }

    [Test]
    public void Make_OtherAxes_AreAnotherFile()
    {
        var source = Source(Changed("classifier", Unname));

        var first = BatchFiles.Make(source, Axes("image", "classes"), "mine", _folder.File("two")).File;
        var second = BatchFiles.Make(source, new BatchAxes(new Dictionary<string, int> { ["image"] = 0 }, new Dictionary<string, int>()),
            "mine", _folder.File("two")).File;

        Assert.That(first.Path, Is.Not.EqualTo(second.Path));
    }

    [Test]
    public void Make_OutputThatIsSaidToBeOfOneImage_GrowsWithTheOthers()
    {
        var source = Source(Changed("classifier", model => model.Graph.Output[0].Type.TensorType.Shape.Dim[0].DimValue = 1));

        var (file, names) = BatchFiles.Make(source, Axes("image", "classes"), "fixed-output", _folder.File("cache"));

        Assert.That(names, Is.EqualTo(["N"]), "the input keeps its own name");
        Assert.That(Shapes(file.Path).Outputs, Is.EqualTo("'classes' float32 [bench_batch, 5]"));
    }

    [Test]
    public void Make_OtherOpenAxes_StayAsTheyAre()
    {
        var source = Source(Changed("open-size", Unname));

        var (file, _) = BatchFiles.Make(source, Axes("image", "classes"), "open", _folder.File("cache"));

        Assert.That(Shapes(file.Path).Inputs, Is.EqualTo("'image' float32 [bench_batch, 3, height, width]"));
    }

    [Test]
    public void Make_ShapesBetween_AreForgotten()
    {
        var source = Source(Changed("classifier", model =>
        {
            Unname(model);
            model.Graph.ValueInfo.Add(new ValueInfoProto { Name = "relu", Type = model.Graph.Input[0].Type.Clone() });
            model.Graph.ValueInfo.Add(new ValueInfoProto { Name = "untold" });
        }));

        var (file, _) = BatchFiles.Make(source, Axes("image", "classes"), "between", _folder.File("cache"));

        var made = OnnxFile.Read(file.Path).Graph.ValueInfo;
        Assert.That(made.Select(value => value.Name), Is.EqualTo(["relu", "untold"]));
        Assert.That(made[0].Type.TensorType.Shape, Is.Null, "engines find them out, and would believe the old ones");
    }

    [Test]
    public void Make_WeightsInAnotherFile_AreBroughtAlong()
    {
        File.Copy(Network("external.weights", string.Empty), _folder.File("external.weights"), overwrite: true);
        var source = Source(Changed("external", Unname));

        var (file, _) = BatchFiles.Make(source, Axes("x", "y"), "external", _folder.File("cache"));

        var weights = OnnxFile.Read(file.Path).Graph.Initializer.Single();
        Assert.That(weights.DataLocation, Is.EqualTo(TensorProto.Types.DataLocation.Default));
        Assert.That(weights.RawData, Has.Length.EqualTo(6 * 3 * 4));
        Assert.That(file.Length, Is.EqualTo(new FileInfo(file.Path).Length));
    }

    [Test]
    public void Make_DamagedFile_IsAFaultThatLeavesNothing()
    {
        var path = _folder.Write("cut.onnx", File.ReadAllBytes(Network("classifier"))[..200]);

        Assert.That(() => BatchFiles.Make(Source(path), Axes("image", "classes"), "cut", _folder.File("of-cut")),
            Throws.TypeOf<InvalidDataException>());
    }

    [Test]
    public void FixedAxes_NamedAxes_GetTheirLengthsAndNoOthers()
    {
        var path = FixedAxes.Make(
            Network("open-size"), new string('a', 64), new Dictionary<string, int> { ["N"] = 4, ["width"] = 32 }, _folder.File("fixed"));
        var again = FixedAxes.Make(
            Network("open-size"), new string('a', 64), new Dictionary<string, int> { ["width"] = 32, ["N"] = 4 }, _folder.File("fixed"));
        var other = FixedAxes.Make(
            Network("open-size"), new string('a', 64), new Dictionary<string, int> { ["N"] = 8, ["width"] = 32 }, _folder.File("fixed"));

        Assert.That(Shapes(path), Is.EqualTo(("'image' float32 [4, 3, height, 32]", "'classes' float32 [4, 5]")));
        Assert.That(again, Is.EqualTo(path), "whatever the order");
        Assert.That(other, Is.Not.EqualTo(path));
    }

    private static void Unname(ModelProto model)
    {
        foreach (var value in model.Graph.Input.Concat(model.Graph.Output))
        {
            value.Type.TensorType.Shape.Dim[0].ClearValue();
        }
    }

    private string Changed(string name, Action<ModelProto> change)
    {
        var model = ModelProto.Parser.ParseFrom(File.ReadAllBytes(Network(name)));
        change(model);
        return _folder.Write($"{name}-{TestContext.CurrentContext.Test.ID}.onnx", model.ToByteArray());
    }

    private static ModelFile Source(string path)
    {
        var hashed = File.ReadAllBytes(path) is var bytes
            ? Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes)) : string.Empty;
        return new ModelFile(ModelFormat.Onnx, "fp32", path, hashed, bytes.Length) { Origin = new ModelOrigin(hashed, string.Empty) };
    }

    private static BatchAxes Axes(string input, string output) =>
        new(new Dictionary<string, int> { [input] = 0 }, new Dictionary<string, int> { [output] = 0 });

    private static (string Inputs, string Outputs) Shapes(string path)
    {
        var summary = OnnxSummary.Read(path);
        return (string.Join(", ", summary.Inputs), string.Join(", ", summary.Outputs));
    }

    private static string Network(string name, string ending = ".onnx") => Repository.File("tests", "networks", name + ending);
}
