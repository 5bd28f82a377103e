using Bench.Inference.OnnxRuntime;
using Bench.Models.Onnx;
using Microsoft.ML.OnnxRuntime;

namespace Bench.Inference.Tests.OnnxRuntime;

/// <summary>ONNX's own conformance cases (Debian's libonnx-testdata) for the operators that the built-in networks, and most others,
/// are made of.</summary>
public class ConformanceTests
{
    private const string Folder = "/usr/share/libonnx-testdata/data/node";

    // As in ONNX's own runner: https://github.com/onnx/onnx/blob/main/onnx/backend/test/runner/__init__.py.
    private const double RelativeTolerance = 1e-3;
    private const double AbsoluteTolerance = 1e-7;

    private static readonly string[] Groups =
        ["conv_", "convtranspose", "maxpool_", "averagepool_", "globalaveragepool", "globalmaxpool", "concat_", "gemm_", "resize_",
            "softmax_", "relu", "leakyrelu", "prelu"];

    // ONNX Runtime is known to differ here, on every provider, and lists the two in its own tests (csharp/test, "Results mismatch"): with
    // align_corners and a scale that gives no whole width it divides by the rounded width, the standard by the exact one.
    private static readonly string[] KnownDisagreements = ["test_resize_downsample_scales_cubic_align_corners",
        "test_resize_downsample_scales_linear_align_corners"];

    private static IEnumerable<string> Cases => Directory.Exists(Folder)
        ? Directory.GetDirectories(Folder).Select(folder => Path.GetFileName(folder))
            .Where(name => Groups.Any(group => name.StartsWith("test_" + group, StringComparison.Ordinal))).Order(StringComparer.Ordinal)
        : [];

    [OneTimeSetUp]
    public void NeedsTheCases()
    {
        if (!Directory.Exists(Folder))
        {
            Assert.Ignore("needs ONNX's conformance cases (Debian: apt install libonnx-testdata)");
        }
    }

    [Test]
    public void Cases_OfEveryGroup_AreThere() =>
        Assert.That(
            Groups, Has.All.Matches<string>(group => Cases.Any(name => name.StartsWith("test_" + group, StringComparison.Ordinal))));

    [TestCaseSource(nameof(Cases))]
    public void Run_OnTheCpuProvider_GivesWhatTheStandardSays(string name) => Assert.That(
        Faults("ort-cpu", name, AbsoluteTolerance, onlyThere: false), KnownDisagreements.Contains(name) ? Has.Count.EqualTo(1) : Is.Empty);

    [Test]
    public void Run_OnTheWebGpuProvider_GivesWhatTheStandardSaysWhereItIsSupported()
    {
        WebGpuTests.NeedsOne();
        List<string> supported = [], unsupported = [], faults = [];
        foreach (var name in Cases)
        {
            try
            {
                faults.AddRange(Faults("ort-webgpu", name, 1e-5, onlyThere: true));
                supported.Add(name);
            }
            catch (OnnxRuntimeException e) when (e.Message.Contains("explicitly disabled", StringComparison.Ordinal)
                || e.Message.Contains("supported", StringComparison.Ordinal))
            {
                // Some node would have had to run on the CPU provider, and was not allowed to;
                // or the provider refuses a form of an operator.
                unsupported.Add(name);
            }
        }

        TestContext.Out.WriteLine(
            $"{supported.Count} cases ran on the WebGPU provider alone; it lacks what {string.Join(", ", unsupported)} need.");
        Assert.That(faults.Select(fault => fault.Split(':')[0]), Is.SubsetOf(KnownDisagreements), string.Join('\n', faults));
        foreach (var group in new[]
        {
            "conv_", "convtranspose", "maxpool_", "averagepool_", "concat_", "gemm_", "resize_", "softmax_", "relu"
        })
        {
            Assert.That(supported, Has.Some.StartsWith("test_" + group), "a group without any case would prove nothing");
        }
    }

    private static List<string> Faults(string backendId, string name, double absolute, bool onlyThere)
    {
        var backend = (OrtBackend)BackendCatalogue.Find(backendId, TestRuntimes.Find())!;
        var model = Path.Combine(Folder, name, "model.onnx");
        using var options = backend.Options(TinyModel.Request(model), out _);
        options.LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL;
        if (onlyThere)
        {
            options.AddSessionConfigEntry("session.disable_cpu_ep_fallback", "1");
        }

        using var session = new InferenceSession(model, options);
        using var run = new RunOptions();
        var data = Path.Combine(Folder, name, "test_data_set_0");
        var inputs = Tensors(data, "input").Select(Value).ToList();
        using var outputs = session.Run(run, [.. session.InputNames.Take(inputs.Count)], inputs, session.OutputNames);
        inputs.ForEach(input => input.Dispose());
        var faults = new List<string>();
        foreach (var (found, expected) in outputs.Zip(Tensors(data, "output")))
        {
            var shape = found.GetTensorTypeAndShape().Shape;
            if (!shape.SequenceEqual(expected.Dims))
            {
                faults.Add($"{name}: shape [{string.Join(", ", shape)}]; expected [{string.Join(", ", expected.Dims)}]");
                continue;
            }

            var far = Numbers(found).Zip(Numbers(expected), (f, e) => (Found: f, Expected: e)).Where(
                pair => !(Math.Abs(pair.Found - pair.Expected) <= absolute + (RelativeTolerance * Math.Abs(pair.Expected)))).ToList();
            if (far.Count > 0)
            {
                faults.Add($"{name}: {far.Count} values differ, the first {far[0].Found} from {far[0].Expected}");
            }
        }

        return faults;
    }

    private static IEnumerable<TensorProto> Tensors(string folder, string kind) =>
        Directory.GetFiles(folder, kind + "_*.pb").OrderBy(file => file.Length).ThenBy(file => file, StringComparer.Ordinal)
            .Select(file => TensorProto.Parser.ParseFrom(File.ReadAllBytes(file)));

    private static OrtValue Value(TensorProto tensor)
    {
        var raw = tensor.RawData.ToByteArray();
        long[] dims = [.. tensor.Dims];
        return (TensorProto.Types.DataType)tensor.DataType switch
        {
            TensorProto.Types.DataType.Float => OrtValue.CreateTensorValueFromMemory(
                System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(raw).ToArray(), dims),
            TensorProto.Types.DataType.Uint8 => OrtValue.CreateTensorValueFromMemory(raw, dims),
            TensorProto.Types.DataType.Int64 => OrtValue.CreateTensorValueFromMemory(
                System.Runtime.InteropServices.MemoryMarshal.Cast<byte, long>(raw).ToArray(), dims),
            var type => throw new NotSupportedException($"no case so far had inputs of type {type}"),
        };
    }

    private static double[] Numbers(OrtValue value) => value.GetTensorTypeAndShape().ElementDataType switch
    {
        Microsoft.ML.OnnxRuntime.Tensors.TensorElementType.Float =>
            Array.ConvertAll(value.GetTensorDataAsSpan<float>().ToArray(), number => (double)number),
        Microsoft.ML.OnnxRuntime.Tensors.TensorElementType.UInt8 =>
            Array.ConvertAll(value.GetTensorDataAsSpan<byte>().ToArray(), number => (double)number),
        Microsoft.ML.OnnxRuntime.Tensors.TensorElementType.Int64 =>
            Array.ConvertAll(value.GetTensorDataAsSpan<long>().ToArray(), number => (double)number),
        var type => throw new NotSupportedException($"no case so far had outputs of type {type}"),
    };

    private static double[] Numbers(TensorProto tensor)
    {
        using var value = Value(tensor);
        return Numbers(value);
    }
}
