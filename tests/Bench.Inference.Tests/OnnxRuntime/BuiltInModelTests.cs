using System.Runtime.InteropServices;
using Bench.Arrays.Npy;
using Bench.Inference.NativeRuntimes;
using Bench.Models;
using Bench.Models.Networks;
using Bench.Models.Onnx;
using Bench.Models.Weights;

namespace Bench.Inference.Tests.OnnxRuntime;

/// <summary>The two built-in networks in the real engine.</summary>
public class BuiltInModelTests
{
    private static readonly RuntimeCatalogue Runtimes = TestRuntimes.Find();
    private static readonly string Cache = Repository.File("models", ".cache");

    /// <summary>PyTorch's outputs for the same stored weights (models/training/reference.py). Tolerance:
    /// float32 sums in another order.</summary>
    [TestCase("inceptionv3", true)]
    [TestCase("inceptionv3", false)]
    [TestCase("unet", true)]
    [TestCase("unet", false)]
    public void Run_Fp32_GivesWhatPyTorchGives(string name, bool optimised)
    {
        var expected = NpyArray.Read(Repository.File("tests", "Bench.Inference.Tests", "Data", name + ".npy"));
        var length = expected.Count / expected.Shape[0];
        var model = new TestModel(name);
        using var session = Load(model, Precision.Fp32, optimised);

        for (var image = 0; image < expected.Shape[0]; image++)
        {
            var output = model.Run(session, image);
            Assert.That(output, Is.EqualTo(expected.ToSingles().AsSpan(image * length, length).ToArray()).Within(5e-4f), $"image {image}");
        }
    }

    /// <summary>
    /// The FP16 model has the same weights, so a CPU that widens them must give the same; one that computes in FP16 may differ by a few of
    /// its 11 bits on logits of up to 15.
    /// </summary>
    [TestCase("inceptionv3")]
    [TestCase("unet")]
    public void Run_Fp16_GivesWhatPyTorchGivesToItsPrecision(string name)
    {
        var expected = NpyArray.Read(Repository.File("tests", "Bench.Inference.Tests", "Data", name + ".npy"));
        var model = new TestModel(name);
        using var session = Load(model, Precision.Fp16, optimised: true);
        var effective = BackendCatalogue.Find("ort-cpu", Runtimes)!
            .Inspect(model.Request(Precision.Fp16), [SingleFloats.Pinned(model.Input(0))]).EffectivePrecision;

        Assert.That(model.Run(session, 0),
            Is.EqualTo(expected.ToSingles()[..(expected.Count / expected.Shape[0])]).Within(effective == "fp32" ? 5e-4f : 0.1f));
    }

    [TestCase("inceptionv3", 0.85, 0.99)]
    [TestCase("unet", 0.85, 0.99)]
    public void Run_EvaluationImages_DoesAsWellAsTrained(string name, double atLeast, double atMost)
    {
        var model = new TestModel(name);
        using var session = Load(model, Precision.Fp32, optimised: true);

        Assert.That(model.Metric(session, count: name == "unet" ? 40 : 300), Is.InRange(atLeast, atMost));
    }

    /// <summary>Images and classes are hard enough that a network that lost most of its precision is seen to lose.</summary>
    [Long]
    [TestCase("inceptionv3", 100, 3)]
    [TestCase("unet", 20, 2)]
    public void Run_CoarselyQuantisedWeights_IsSeenToLose(string name, int count, int bits)
    {
        var model = new TestModel(name);
        using var whole = Load(model, Precision.Fp32, optimised: true);
        using var folder = new TemporaryFolder();
        var network = name == "unet" ? UNet.Describe() : InceptionV3.Describe(10);
        var weights = Quantise(Repository.File("models", name + ".safetensors"), bits);
        var path = folder.Write(
            "coarse.onnx", OnnxExporter.Export(network, SafetensorsFile.Parse(weights, "coarse"), Precision.Fp32, "logits"));
        using var coarse = BackendCatalogue.Find("ort-cpu", Runtimes)!.Load(model.Request(Precision.Fp32) with { ModelPath = path });

        Assert.That(model.Metric(coarse, count), Is.LessThan(model.Metric(whole, count) - 0.05));
    }

    [TestCase("inceptionv3", "fp32")]
    [TestCase("inceptionv3", "fp16")]
    [TestCase("unet", "fp32")]
    [TestCase("unet", "fp16")]
    public void Load_BuiltInModel_DrawsNoWarning(string name, string precision)
    {
        using var capture = new StandardErrorCapture();
        using (Load(new TestModel(name), TestModel.Precision(precision), optimised: true))
        {
        }

        Assert.That(capture.Read(), Is.Empty);
    }

    [TestCase("unet")]
    public void Inspect_Fp16OnTheCpu_SaysInWhatItReallyComputed(string name)
    {
        var model = new TestModel(name);
        var profile = BackendCatalogue.Find("ort-cpu", Runtimes)!.Inspect(model.Request(Precision.Fp16),
            [SingleFloats.Pinned(model.Input(0))]);

        Assert.That(profile.EffectivePrecision, Is.EqualTo("fp32").Or.EqualTo("fp16"));
        Assert.That(profile.Nodes.Select(node => node.Provider).Distinct(), Is.EqualTo(["CPUExecutionProvider"]));
    }

    private static IInferenceSession Load(TestModel model, Precision precision, bool optimised) =>
        BackendCatalogue.Find(optimised ? "ort-cpu" : BackendCatalogue.BaselineId, Runtimes)!.Load(model.Request(precision));

    /// <summary>Rounds every tensor to a few levels between minus and plus its largest weight.</summary>
    private static byte[] Quantise(string path, int bits)
    {
        var file = File.ReadAllBytes(path);
        var weights = SafetensorsFile.Parse(file, path);
        var levels = (1 << (bits - 1)) - 1;
        foreach (var (name, shape) in (path.Contains("unet", StringComparison.Ordinal) ? UNet.Describe() : InceptionV3.Describe(10))
            .WeightShapes.Where(w => w.Shape.Length > 1))
        {
            // The bytes that Get returns are those of the file.
            var values = MemoryMarshal.Cast<byte, Half>(MemoryMarshal.AsMemory(weights.Get(name, shape)).Span);
            var largest = 0.0;
            foreach (var value in values)
            {
                largest = Math.Max(largest, Math.Abs((double)value));
            }

            for (var i = 0; i < values.Length; i++)
            {
                values[i] = (Half)(Math.Round((double)values[i] / largest * levels) / levels * largest);
            }
        }

        return file;
    }
}
