using Bench.Arrays;
using Bench.Arrays.Npy;
using Bench.Models.Cards;
using Bench.Models.Files;
using Bench.Models.Onnx;
using Bench.Models.Signatures;

namespace Bench.Models.Tests.Cards;

public class ModelFilesTests
{
    // SHA-256 over "weights architecture input output", shapes without the batch, by hashlib.
    private const string UNetSource = "a6f84a363ceb4252ab591e503702242081f6eecab11373993da534fa7cd5c7e8";
    private const string InceptionV3Source = "ae259264d2a361752d432432be7b1e308bb1ec7ff60b6550566f4ad615708125";

    [Test]
    public void Find_TruncatedWeights_NamesTheHash()
    {
        using var folder = new TemporaryFolder();
        var card = ModelCardReader.Read(Repository.File("models", "unet.json"));
        var path = folder.File("unet.json");
        folder.Write("unet.safetensors", File.ReadAllBytes(Repository.File("models", "unet.safetensors"))[..1000]);

        Assert.That(
            () => ModelFiles.Find(card, path, ModelFormat.Onnx, Precision.Fp32, folder.Path),
            Throws.TypeOf<ModelCardException>().With.Message.Contains("unet.safetensors has SHA-256"));
    }

    [Test]
    public void Find_TruncatedWeightsWithoutHash_SaysWhatIsDamaged()
    {
        using var folder = new TemporaryFolder();
        var card = ModelCardReader.Read(Repository.File("models", "unet.json"));
        card = card with { Network = card.Network with { Sha256 = new Dictionary<string, string>() } };
        folder.Write("unet.safetensors", File.ReadAllBytes(Repository.File("models", "unet.safetensors"))[..100_000]);

        Assert.That(
            () => ModelFiles.Find(card, folder.File("unet.json"), ModelFormat.Onnx, Precision.Fp32, folder.Path),
            Throws.TypeOf<ModelCardException>().With.Message.Contains("damaged or truncated"));
    }

    [Test]
    public void Find_MissingWeights_NamesTheFile()
    {
        using var folder = new TemporaryFolder();
        var card = ModelCardReader.Read(Repository.File("models", "unet.json"));

        Assert.That(
            () => ModelFiles.Find(card, folder.File("unet.json"), ModelFormat.Onnx, Precision.Fp32, folder.Path),
            Throws.TypeOf<ModelCardException>().With.Message.Contains("unet.safetensors"));
    }

    [Test]
    public void Find_OwnFrozenGraph_IsTheFileThatTheCardNames()
    {
        using var folder = new TemporaryFolder();
        folder.Write("mine.onnx", "onnx");
        folder.Write("mine.pb", "graph");
        var card =
            UserCard with { Network = UserCard.Network with { TensorFlow = new Dictionary<string, string> { ["fp32"] = "mine.pb" } } };

        var file = ModelFiles.Find(card, folder.File("card.json"), ModelFormat.TensorFlow, Precision.Fp32, folder.Path)!;

        Assert.That(file.Path, Is.EqualTo(folder.File("mine.pb")));
        Assert.That(file.Sha256, Is.EqualTo("eef93e1d14482804277fca0172464032d1a4fdbcc338524059fa1e861454ad4d"));
        Assert.That(ModelFiles.Find(card, folder.File("card.json"), ModelFormat.TensorFlow, Precision.Fp16, folder.Path), Is.Null);
        Assert.That(ModelFiles.Find(UserCard, folder.File("card.json"), ModelFormat.TensorFlow, Precision.Fp32, folder.Path), Is.Null);
    }

    private static IEnumerable<Precision> Built => Precisions.All.Where(precision => precision != Precision.Int8);

    [Test]
    public void Find_BuiltInModelInAFormThatIsNotBuilt_IsNone()
    {
        var path = Repository.File("models", "unet.json");
        using var folder = new TemporaryFolder();

        Assert.That(ModelFiles.Find(ModelCardReader.Read(path), path, ModelFormat.Onnx, Precision.Int8, folder.Path), Is.Null);
        Assert.That(ModelFiles.Find(ModelCardReader.Read(path), path, ModelFormat.OpenVino, Precision.Fp32, folder.Path), Is.Null);
    }

    [Test]
    public void Find_BuiltInModel_HasTheHashOfTheCard(
        [Values("unet", "inceptionv3")] string name, [ValueSource(nameof(Built))] Precision precision,
        [Values(ModelFormat.Onnx, ModelFormat.TensorFlow)] ModelFormat format)
    {
        using var folder = new TemporaryFolder();
        var path = Repository.File("models", name + ".json");
        var card = ModelCardReader.Read(path);

        var file = ModelFiles.Find(card, path, format, precision, folder.Path)!;

        Assert.That(file.Sha256, Is.EqualTo(card.Network.Sha256[format.Key(precision.File)]));
        Assert.That(file.Origin.Source, Is.EqualTo(name == "unet" ? UNetSource : InceptionV3Source));
        Assert.That(file.Origin.Recipe, Is.EqualTo(
            $"built from weights, {(format == ModelFormat.Onnx ? "ONNX" : "TensorFlow")} {precision.File}, exporter 1"));
    }

    /// <summary>The source is the file at full precision with its weights; the others are made from it.</summary>
    [Test]
    public void Find_OwnFiles_KnowWhatTheyWereMadeFrom()
    {
        using var folder = new TemporaryFolder();
        var card = OwnFiles(folder);

        var (full, half, graph) = (Find(card, folder, ModelFormat.Onnx, Precision.Fp32),
            Find(card, folder, ModelFormat.Onnx, Precision.Fp16),
            Find(card, folder, ModelFormat.TensorFlow, Precision.Fp32));

        Assert.That(full.Origin, Is.EqualTo(new ModelOrigin(full.Sha256, string.Empty)));
        Assert.That(half.Origin, Is.EqualTo(new ModelOrigin(full.Sha256, "fp16; the card does not say how it was made from fp32")));
        Assert.That(graph.Origin, Is.EqualTo(new ModelOrigin(full.Sha256, "tf2onnx 1.16, the other way round")));
        Assert.That(Find(card, folder, ModelFormat.Onnx, Precision.Tf32), Is.EqualTo(full));
    }

    [Test]
    public void Find_CardThatNamesAnotherSource_GoesByIt()
    {
        using var folder = new TemporaryFolder();
        var card = OwnFiles(folder);
        card = card with { Network = card.Network with { Source = "fp16", Recipes = new Dictionary<string, string>() } };
        var half = Find(card, folder, ModelFormat.Onnx, Precision.Fp16);

        Assert.That(half.Origin, Is.EqualTo(new ModelOrigin(half.Sha256, string.Empty)));
        Assert.That(Find(card, folder, ModelFormat.Onnx, Precision.Fp32).Origin,
            Is.EqualTo(new ModelOrigin(half.Sha256, "fp32; the card does not say how it was made from fp16")));
    }

    [Test]
    public void Find_CardWhoseFilesAreEachTheirOwn_MakesNoneFromAnother()
    {
        using var folder = new TemporaryFolder();
        var card = OwnFiles(folder);
        card = card with { Network = card.Network with { Source = NetworkSource.OwnSource, Recipes = new Dictionary<string, string>() } };
        File.Delete(folder.File("mine.onnx"));
        var half = Find(card, folder, ModelFormat.Onnx, Precision.Fp16);

        Assert.That(half.Origin, Is.EqualTo(new ModelOrigin(half.Sha256, string.Empty)));
    }

    [Test]
    public void Find_FileWhoseSourceIsMissing_NamesIt()
    {
        using var folder = new TemporaryFolder();
        var card = OwnFiles(folder);
        File.Delete(folder.File("mine.onnx"));

        Assert.That(() => Find(card, folder, ModelFormat.Onnx, Precision.Fp16),
            Throws.TypeOf<ModelCardException>().With.Message.Contains("mine.onnx"));
    }

    [TestCase("unet")]
    [TestCase("inceptionv3")]
    public void Find_BuiltInData_HasTheHashOfTheCard(string name)
    {
        var path = Repository.File("models", name + ".json");
        var card = ModelCardReader.Read(path);
        using var folder = new TemporaryFolder();

        // Throws if the hash is another one.
        var data = Check(EvaluationData.WithFiles(card, folder.Path), path, [.. card.Input!.KnownShape], [.. card.Output!.KnownShape]);

        Assert.That(data.Sha256, Is.EqualTo(card.Data!.Sha256));
        Assert.That(data.Count, Is.EqualTo(card.Data.Count));
    }

    [Test]
    public void Find_EmptyDataSet_Refuses() => Assert.That(
        () => FindUserData(NpyArray.FromSingles([], 0, 3, 8, 8), NpyArray.FromBytes([], 0)),
        Throws.TypeOf<ModelCardException>().With.Message.Contains("holds no image"));

    [Test]
    public void Find_InputsOfWrongShape_SaysBoth() => Assert.That(
        () => FindUserData(NpyArray.FromSingles(new float[2 * 64], 2, 1, 8, 8), NpyArray.FromBytes([0, 1], 2)),
        Throws.TypeOf<ModelCardException>().With.Message.Contains("(2, 1, 8, 8)").And.Message.Contains("(images, 3, 8, 8)"));

    [Test]
    public void Find_LabelOutOfRange_SaysWhich() => Assert.That(
        () => FindUserData(NpyArray.FromSingles(new float[2 * 192], 2, 3, 8, 8), NpyArray.FromBytes([0, 2], 2)),
        Throws.TypeOf<ModelCardException>().With.Message.Contains("holds 2; expected class numbers from 0 to 1"));

    [Test]
    public void Find_TooFewLabels_SaysSo() => Assert.That(
        () => FindUserData(NpyArray.FromSingles(new float[2 * 192], 2, 3, 8, 8), NpyArray.FromBytes([0], 1)),
        Throws.TypeOf<ModelCardException>().With.Message.Contains("expected 1 value for each of 2 images"));

    [Test]
    public void Find_TruncatedInputs_SaysSo()
    {
        using var folder = new TemporaryFolder();
        NpyArray.FromSingles(new float[2 * 192], 2, 3, 8, 8).Write(folder.File("x.npy"));
        folder.Write("x.npy", File.ReadAllBytes(folder.File("x.npy"))[..200]);
        NpyArray.FromBytes([0, 1], 2).Write(folder.File("y.npy"));

        Assert.That(
            () => Check(UserCard, folder.File("card.json"), [1, 3, 8, 8], [1, 2]),
            Throws.TypeOf<ModelCardException>().With.Message.Contains("x.npy").And.Message.Contains("found 200 bytes"));
    }

    private static ModelFile Find(ModelCard card, TemporaryFolder folder, ModelFormat format, Precision precision) =>
        ModelFiles.Find(card, folder.File("card.json"), format, precision, folder.Path)!;

    private static ModelCard OwnFiles(TemporaryFolder folder)
    {
        foreach (var name in new[] { "mine.onnx", "half.onnx", "mine.pb" })
        {
            folder.Write(name, name);
        }

        return UserCard with
        {
            Network = new NetworkSource
            {
                Onnx = new Dictionary<string, string> { ["fp32"] = "mine.onnx", ["fp16"] = "half.onnx" },
                TensorFlow = new Dictionary<string, string> { ["fp32"] = "mine.pb" },
                Recipes = new Dictionary<string, string> { ["tensorflow-fp32"] = "tf2onnx 1.16, the other way round" },
            },
        };
    }

    private static ModelCard UserCard => new()
    {
        Id = "mine",
        Title = "Mine",
        Task = ModelTask.Classification,
        Network = new NetworkSource { Onnx = new Dictionary<string, string> { ["fp32"] = "mine.onnx" } },
        Input = new InputSpec { Name = "x", Shape = [1, 3, 8, 8] },
        Output = new OutputSpec { Name = "y", Shape = [1, 2], Values = OutputValues.Logits },
        Data = new EvaluationSource { Inputs = "x.npy", Labels = "y.npy" },
        Metric = "accuracy",
        Licence = "MIT",
    };

    private static EvaluationData Check(ModelCard card, string path, int[] inputShape, int[] outputShape)
    {
        var input = new TensorSpec(card.Input!.Name!, ElementType.Float32, inputShape);
        var output = new TensorSpec(card.Output!.KnownName, ElementType.Float32, outputShape);
        var faults = new List<string>();
        var stored = StoredInput.Find(card, path, [input.Name], new Dictionary<string, GivenInput>(), Path.GetTempPath(), faults);
        var sources = EvaluationData.Fit(card, stored, [input], IndexBounds.None, faults);
        return faults.Count > 0
            ? throw new ModelCardException(path, faults)
            : EvaluationData.Check(card, path, stored, sources, NetworkSignature.Of(input, output), output);
    }

    private static void FindUserData(NpyArray inputs, NpyArray labels)
    {
        using var folder = new TemporaryFolder();
        inputs.Write(folder.File("x.npy"));
        labels.Write(folder.File("y.npy"));
        Check(UserCard, folder.File("card.json"), [1, 3, 8, 8], [1, 2]);
    }
}
