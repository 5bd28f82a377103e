using System.Globalization;
using Bench.Arrays;
using Bench.Inference.OnnxRuntime;
using Bench.Models;
using Bench.Models.Onnx;
using Bench.Models.Signatures;

namespace Bench.Inference.Tests.Conformance;

/// <summary>One of ONNX's own conformance cases (Debian's libonnx-testdata): a network, what goes in, and what must come out.</summary>
internal sealed class ConformanceCase
{
    private const string Root = "/usr/share/libonnx-testdata/data";

    private readonly List<NumberArray> _inputs;
    private readonly List<NumberArray> _outputs;

    private ConformanceCase(string folder)
    {
        Name = Path.GetRelativePath(Root, folder);
        ModelPath = Path.Combine(folder, "model.onnx");
        Summary = OnnxSummary.Read(ModelPath);
        var data = Path.Combine(folder, "test_data_set_0");
        _inputs = [.. Read(data, "input", Summary.Inputs)];
        _outputs = [.. Read(data, "output", Summary.Outputs)];
    }

    /// <summary>Whether the cases are here.</summary>
    public static bool AreHere => Directory.Exists(Root);

    /// <summary>All of them, in order.</summary>
    public static IEnumerable<string> Folders => Directory.EnumerateFiles(Root, "model.onnx", SearchOption.AllDirectories)
        .Select(file => Path.GetDirectoryName(file)!).Order(StringComparer.Ordinal);

    public string Name { get; }

    public string ModelPath { get; }

    public OnnxSummary Summary { get; }

    public IReadOnlyList<double[]> Expected => [.. _outputs.Select(output => output.Numbers())];

    /// <summary>What goes in and comes out, as the data of the case have it.</summary>
    public NetworkSignature Signature => new(
        [.. _inputs.Select(input => input.Spec)], [.. _outputs.Select(output => output.Spec)], new Dictionary<string, int>());

    public IReadOnlyList<byte[]> Inputs => [.. _inputs.Select(input => input.Bytes)];

    /// <summary>Reads a case.</summary>
    /// <returns>The case; null if something goes in or comes out that is no array of numbers, or of a type that Bench does not
    /// have.</returns>
    public static ConformanceCase? Read(string folder)
    {
        try
        {
            return new ConformanceCase(folder);
        }
        catch (NotSupportedException)
        {
            return null;
        }
    }

    /// <summary>Runs a network as a launch does.</summary>
    /// <param name="path">The network: this case's, or one that was made of it.</param>
    /// <returns>The numbers of every output.</returns>
    /// <exception cref="InferenceException">The engine refuses it.</exception>
    public IReadOnlyList<double[]> Run(string path)
    {
        var backend = (OrtBackend)BackendCatalogue.Find("ort-cpu", TestRuntimes.Find())!;
        var request = new SessionRequest
        {
            ModelPath = path,
            ModelSha256 = string.Empty,
            Precision = Precision.Fp32,
            Inputs = Signature.Inputs,
            Outputs = Signature.Outputs,
            Cache = Path.GetTempPath(),
        };
        using var session = backend.Load(request);
        using var execution = session.NewExecution();
        using var bound = execution.Bind(Inputs);
        execution.Run(bound);
        return [.. request.Outputs.Select((output, i) => new NumberArray(output, execution.Output(i).ToArray()).Numbers())];
    }

    /// <summary>Where numbers are apart.</summary>
    /// <param name="found">The numbers of every output.</param>
    /// <param name="expected">What they should be.</param>
    /// <param name="relative">How far apart they may be, as a share of the number.</param>
    /// <param name="absolute">How far apart they may be besides, as a share of the largest number, or of 1 if that is smaller.</param>
    /// <returns>One sentence; null if they are within the tolerance.</returns>
    public static string? Fault(IReadOnlyList<double[]> found, IReadOnlyList<double[]> expected, double relative, double absolute)
    {
        foreach (var (output, (numbers, others)) in found.Zip(expected).Index())
        {
            var least = absolute * others.Where(double.IsFinite).Select(Math.Abs).Append(1).Max();
            var far = numbers.Zip(others, (one, other) => (Found: one, Expected: other))
                .Where(pair => !(pair.Found.Equals(pair.Expected)
                    || Math.Abs(pair.Found - pair.Expected) <= least + (relative * Math.Abs(pair.Expected)))).ToList();
            if (far.Count > 0)
            {
                return string.Create(CultureInfo.InvariantCulture,
                    $"output {output}: {far.Count} of {numbers.Length} numbers differ, the first {far[0].Found} from {far[0].Expected}");
            }
        }

        return null;
    }

    private static IEnumerable<NumberArray> Read(string folder, string kind, IReadOnlyList<OnnxValue> values)
    {
        var files = Directory.GetFiles(folder, kind + "_*.pb").OrderBy(file => file.Length).ThenBy(file => file, StringComparer.Ordinal);
        foreach (var (file, value) in files.Zip(values))
        {
            if (value.Type is not { } type)
            {
                throw new NotSupportedException(value.TypeName);
            }

            var tensor = TensorProto.Parser.ParseFrom(File.ReadAllBytes(file));
            var spec = new TensorSpec(value.Name, type, [.. tensor.Dims.Select(axis => (int)axis)]);
            yield return tensor.HasRawData || spec.Length == 0
                ? new NumberArray(spec, tensor.RawData.ToByteArray())
                : throw new NotSupportedException("numbers that are not stored as bytes");
        }
    }

    private sealed record NumberArray(TensorSpec Spec, byte[] Bytes)
    {
        public double[] Numbers()
        {
            var numbers = new double[Spec.Length];
            ElementConversion.ToDoubles(Bytes, Spec.Type, numbers);
            return numbers;
        }
    }
}
