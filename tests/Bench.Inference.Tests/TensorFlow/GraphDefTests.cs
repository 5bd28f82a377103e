using System.Diagnostics;
using Bench.Arrays.Npy;
using Bench.Models;
using Bench.Models.Networks;
using Bench.Models.TensorFlow;
using Google.Protobuf;

namespace Bench.Inference.Tests.TensorFlow;

/// <summary>The frozen graphs, read by OpenCV: somebody else's reader and somebody else's kernels.</summary>
public class GraphDefTests
{
    private const int Images = 3;
    private const double Tolerance = 1e-3;

    [TestCase("inceptionv3", "fp32")]
    [TestCase("inceptionv3", "fp16")]
    [TestCase("unet", "fp32")]
    [TestCase("unet", "fp16")]
    public void Export_BuiltInModel_GivesWhatOnnxGives(string name, string precision)
    {
        var python = PythonWithOpenCv();
        using var folder = new TemporaryFolder();
        var model = new TestModel(name);
        var inputs = Enumerable.Range(0, Images).Select(model.Input).ToList();
        var graph = GraphDef.Parser.ParseFrom(File.ReadAllBytes(model.File(ModelFormat.TensorFlow, TestModel.Precision(precision)).Path));

        // OpenCV knows no casts and computes in 32 bits whatever the constants are.
        var outputs = RunInOpenCv(python, folder, WithoutCasts(graph), inputs, model.InputShape);

        using var session = BackendCatalogue.Find(BackendCatalogue.ReferenceId, TestRuntimes.Find())!.Load(model.Request(Precision.Fp32));
        var expected = Enumerable.Range(0, Images).SelectMany(image => model.Run(session, image)).ToArray();
        Assert.That(outputs, Has.Length.EqualTo(expected.Length));
        Assert.That(outputs.Zip(expected, (a, b) => Math.Abs(a - b)).Max(), Is.LessThan(Tolerance));
        Assert.That(expected.Max() - expected.Min(), Is.GreaterThan(1), "outputs that hardly differ would prove nothing");
    }

    [Test]
    public void Export_TrialNetwork_GivesWhatWasComputedByHand()
    {
        var python = PythonWithOpenCv();
        using var folder = new TemporaryFolder();
        var image = new float[64];
        TrialNetwork.FillInput(image);
        var graph = GraphDefExporter.Export(TrialNetwork.Describe(), TrialNetwork.Weights(), Precision.Fp32, TrialNetwork.OutputName);

        var outputs = RunInOpenCv(python, folder, GraphDef.Parser.ParseFrom(graph), [image], TrialNetwork.InputShape);

        Assert.That(outputs, Is.EqualTo(TrialNetwork.Expected(image)).Within(1e-6));
    }

    [Test]
    public void Export_Fp16_KeepsTheStoredWeightsBetweenTwoCasts()
    {
        var graph = GraphDef.Parser.ParseFrom(GraphDefExporter.Export(
            TrialNetwork.Describe(), TrialNetwork.Weights(), Precision.Fp16, "output"));

        Assert.That(graph.Node.Where(node => node.Op == "Cast").Select(node => (node.Attr["SrcT"].Type, node.Attr["DstT"].Type)),
            Is.EqualTo([(DataType.DtFloat, DataType.DtHalf), (DataType.DtHalf, DataType.DtFloat)]));
        Assert.That(graph.Node.Single(node => node.Op == "Conv2D").Attr["T"].Type, Is.EqualTo(DataType.DtHalf));
        var weights = graph.Node.Single(node => node.Name == "trial.weight").Attr["value"].Tensor;
        Assert.That(weights.TensorShape.Dim.Select(dim => dim.Size), Is.EqualTo([3, 3, 1, 4]));
        var halves = System.Runtime.InteropServices.MemoryMarshal.Cast<byte, Half>(weights.TensorContent.Span).ToArray();
        Assert.That(halves.Select(half => (float)half), Is.EqualTo(Enumerable.Range(0, 36).Select(i => ((i % 4) + 1) / 4f)));
        Assert.That(graph.Node[0].Attr["shape"].Shape.Dim.Select(dim => dim.Size), Is.EqualTo([1, 8, 8, 1]), "channels last");
        Assert.That(graph.Node[^1].Name, Is.EqualTo("output"));
    }

    [Test]
    public void Export_PaddingThatTensorFlowHasNoNameFor_Refuses()
    {
        var network = new Network("odd", "input", new FeatureShape(1, 8, 8),
            [new ConvolutionLayer("trial", "input", 1, 3, 2, 1, false, new FeatureShape(4, 4, 4))]);

        Assert.That(
            () => GraphDefExporter.Export(network, TrialNetwork.Weights(), Precision.Fp32, "output"),
            Throws.TypeOf<NotSupportedException>().With.Message.Contains("stride 2"));
    }

    private static float[] RunInOpenCv(
        string python, TemporaryFolder folder, GraphDef graph, List<float[]> images, IReadOnlyList<int> shape)
    {
        File.WriteAllBytes(folder.File("graph.pb"), graph.ToByteArray());
        NpyArray.FromSingles([.. images.SelectMany(image => image)], [images.Count, .. shape.Skip(1)]).Write(folder.File("images.npy"));
        var (code, output) = Run(
            python, Repository.File("tests", "Bench.Inference.Tests", "TensorFlow", "read_graph.py"), folder.File("graph.pb"),
            folder.File("images.npy"), folder.File("outputs.npy"));
        Assert.That(code, Is.Zero, output);
        return NpyArray.Read(folder.File("outputs.npy")).ToSingles();
    }

    private static GraphDef WithoutCasts(GraphDef graph)
    {
        var casts = graph.Node.Where(node => node.Op == "Cast").ToDictionary(node => node.Name, node => node.Input[0]);
        var result = new GraphDef { Versions = graph.Versions };
        foreach (var node in graph.Node.Where(node => node.Op != "Cast"))
        {
            var copy = node.Clone();
            for (var i = 0; i < copy.Input.Count; i++)
            {
                copy.Input[i] = casts.GetValueOrDefault(copy.Input[i], copy.Input[i]);
            }

            result.Node.Add(copy);
        }

        return result;
    }

    private static string PythonWithOpenCv()
    {
        foreach (var python in new[] { "/usr/bin/python3", "python3", "python" })
        {
            if (Run(python, "-c", "import cv2, numpy").Code == 0)
            {
                return python;
            }
        }

        Assert.Ignore("needs OpenCV for Python (Debian: apt install python3-opencv)");
        return string.Empty;
    }

    private static (int Code, string Output) Run(string command, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(
                new ProcessStartInfo(command, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var error = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, output + error.Result);
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            return (-1, e.Message);
        }
    }
}
