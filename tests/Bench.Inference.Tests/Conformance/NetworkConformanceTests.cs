using Bench.Models.Halves;
using Bench.Models.Onnx;
using Google.Protobuf;

namespace Bench.Inference.Tests.Conformance;

/// <summary>ONNX's own conformance cases of every operator, number of inputs and element type that Bench has, through the way that a user's
/// network takes: the summary of its file, a session, an execution.</summary>
public class NetworkConformanceTests
{
    [OneTimeSetUp]
    public void NeedsTheCases()
    {
        if (!ConformanceCase.AreHere)
        {
            Assert.Ignore("needs ONNX's conformance cases (Debian: apt install libonnx-testdata)");
        }
    }

    // What the CPU provider of ONNX Runtime 1.30 does not have: operators of training, and some types of some operators.
    private static readonly string[] Refused =
    [
        "node/test_adagrad", "node/test_adam", "node/test_momentum", "node/test_nesterov_momentum", "node/test_bitshift_left_uint16",
        "node/test_bitshift_right_uint16", "node/test_max_int16", "node/test_max_uint16", "node/test_min_int16", "node/test_min_uint16",
        "simple/test_gradient_of", "node/test_gru_batchwise", "node/test_lstm_batchwise", "node/test_simple_rnn_batchwise",
    ];

    // Random numbers, and where ONNX Runtime is known to differ from the standard: it lists them in its own tests, too.
    private static readonly string[] Different =
    [
        "node/test_bernoulli", "node/test_training_dropout", "node/test_maxunpool_export_with_output_shape",
        "node/test_resize_downsample_scales_cubic_align_corners",
        "node/test_resize_downsample_scales_linear_align_corners",
    ];

    private static IEnumerable<ConformanceCase?> Cases => ConformanceCase.Folders.Select(ConformanceCase.Read);

    private static bool IsOneOf(string[] known, string name) => known.Any(start => name.StartsWith(start, StringComparison.Ordinal));

    [Test]
    public void Run_EveryCase_GivesWhatTheStandardSays()
    {
        List<string> right = [], refused = [], wrong = [];
        var (all, foreign, old, several) = (0, 0, 0, 0);
        var types = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var one in Cases)
        {
            all++;
            if (one is null)
            {
                foreign++;
                continue;
            }

            if (one.Summary.Opset < 7)
            {
                old++;
                continue;
            }

            try
            {
                if (ConformanceCase.Fault(one.Run(one.ModelPath), one.Expected, 1e-3, 1e-6) is { } fault)
                {
                    wrong.Add($"{one.Name}: {fault}");
                    continue;
                }

                right.Add(one.Name);
                several += one.Signature.Inputs.Count > 1 ? 1 : 0;
                types.UnionWith(one.Summary.Inputs.Concat(one.Summary.Outputs).Select(value => value.TypeName));
            }
            catch (InferenceException e)
            {
                refused.Add($"{one.Name}: {e.Message}");
            }
        }

        foreach (var quantised in new[] { "quantizelinear", "dequantizelinear", "qlinearconv" })
        {
            Assert.That(right, Has.Some.StartsWith($"node/test_{quantised}"), "what int8 files are made of");
        }

        TestContext.Out.WriteLine($"{right.Count} of {all} cases give what the standard says, {several} of them with several inputs; "
            + $"types {string.Join(", ", types)}. Not run: {foreign} with what is no array of numbers of a type that Bench has, "
            + $"{old} of an opset before 7. The engine refuses {refused.Count}; {wrong.Count} differ.");
        Assert.That(refused.Where(name => !IsOneOf(Refused, name)), Is.Empty);
        Assert.That(wrong.Where(name => !IsOneOf(Different, name)), Is.Empty);
        Assert.That((right.Count, several), Is.GreaterThan((800, 200)));
        Assert.That(types, Is.SupersetOf(
            ["bool", "float16", "float32", "float64", "int32", "int64", "int8", "uint8"]), "every type that networks have");
    }

    [Test]
    public void Types_EveryCase_AreThoseThatTheFileDeclares()
    {
        var (known, unknown) = (0, 0);
        var faults = new List<string>();
        foreach (var folder in ConformanceCase.Folders)
        {
            var model = OnnxFile.Read(Path.Combine(folder, "model.onnx"));
            var opset = model.OpsetImport.First(import => import.Domain is "" or "ai.onnx" or "ai.onnx.preview.training").Version;
            var declared = model.Graph.Output.ToDictionary(output => output.Name, output => output.Type?.TensorType?.ElemType);
            // Without what the file says of its outputs, operators alone must tell.
            var graph = model.Graph.Clone();
            graph.Output.Clear();
            graph.ValueInfo.Clear();
            var types = new ValueTypes(graph, opset);
            foreach (var (name, type) in declared.Where(output => output.Value is not null))
            {
                if (types[name] is not { } found)
                {
                    unknown++;
                    continue;
                }

                known++;
                if (found != type)
                {
                    faults.Add($"{folder}: '{name}' is inferred as {found}; the file declares {type}");
                }
            }
        }

        TestContext.Out.WriteLine($"{known} outputs have the declared type, of {unknown} nothing is known.");
        Assert.That(faults, Is.Empty, string.Join('\n', faults));
    }

    [Test]
    public void Convert_EveryCaseOfFloats_ComputesNearlyTheSameInHalves()
    {
        using var folder = new TemporaryFolder();
        List<string> right = [], wrong = [], none = [];
        foreach (var one in Cases.OfType<ConformanceCase>().Where(one => one.Summary.Opset >= 7 && !Refused.Any(known =>
            one.Name.StartsWith(known, StringComparison.Ordinal))))
        {
            try
            {
                var model = OnnxFile.Read(one.ModelPath);
                _ = HalfConverter.Convert(model);
                var expected = one.Run(one.ModelPath);
                var fault = ConformanceCase.Fault(one.Run(folder.Write("half.onnx", model.ToByteArray())), expected, 2e-2, 2e-2);
                (fault is null ? right : wrong).Add($"{one.Name}: {fault}");
            }
            catch (NotSupportedException e)
            {
                none.Add($"{one.Name}: {e.Message}");
            }
            catch (InferenceException e)
            {
                wrong.Add($"{one.Name}: {e.Message}");
            }
        }

        TestContext.Out.WriteLine($"{right.Count} cases compute nearly the same in halves, {none.Count} have nothing to be converted.");
        Assert.That(wrong, Is.Empty, string.Join('\n', wrong));
        Assert.That(right, Has.Count.GreaterThan(300));
    }
}
