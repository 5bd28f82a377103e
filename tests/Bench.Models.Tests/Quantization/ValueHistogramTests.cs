using System.Runtime.InteropServices;
using System.Text.Json;
using Bench.Arrays.Npy;
using Bench.Models.Quantization;

namespace Bench.Models.Tests.Quantization;

/// <summary>Ranges against those of onnxruntime.quantization's own code, with as many bins: tests/oracles/int8/make_ranges.py.</summary>
public class ValueHistogramTests
{
    private static readonly Dictionary<string, Func<float, float>> Values = new()
    {
        ["normal"] = x => x,
        ["relu"] = x => Math.Max(x, 0),
        ["cube"] = x => x * x * x,
        ["square"] = x => x * x,
        ["shifted"] = x => x + 0.5f,
    };

    [Test]
    public void Range_NumbersOfSeveralShapes_IsTheToolsToABin(
        [Values("normal", "relu", "cube", "square", "shifted")] string name,
        [Values(CalibrationMethod.Percentile, CalibrationMethod.Entropy)] CalibrationMethod method)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(Oracle("ranges.json")));
        var expected = json.RootElement.GetProperty(name);
        var range = expected.GetProperty(method.Name());
        var bytes = NpyArray.Read(Oracle("calibration.npy")).Bytes;
        float[] numbers = [.. MemoryMarshal.Cast<byte, float>(bytes).ToArray().Select(Values[name])];

        // In pieces, as images come.
        var found = Range(method, numbers.Chunk(192));

        var bin = expected.GetProperty("bin").GetDouble() * 1.01;
        Assert.That(found.Min, Is.EqualTo(range[0].GetDouble()).Within(bin));
        Assert.That(found.Max, Is.EqualTo(range[1].GetDouble()).Within(bin));
    }

    [Test]
    public void Range_MinMax_IsThatOfAllNumbers([Values(1, 2)] int order) => Assert.That(
        Range(CalibrationMethod.MinMax, order == 1 ? [[1, 2], [-3, 0]] : [[-3, 0], [1, 2]]), Is.EqualTo(new ActivationRange(-3, 2)));

    [Test]
    public void Range_OfNoNumbersOrZerosAlone_IsZero([Values] CalibrationMethod method)
    {
        Assert.That(Range(method, [[]]), Is.EqualTo(default(ActivationRange)));
        Assert.That(Range(method, [[0, 0], [0]]), Is.EqualTo(default(ActivationRange)));
    }

    [TestCase(float.NaN)]
    [TestCase(float.PositiveInfinity)]
    [TestCase(float.NegativeInfinity)]
    public void Add_NumberThatIsNotFinite_IsRefused(float number) => Assert.That(
        () => new RangeCollector(CalibrationMethod.MinMax).Add(0, [1, number, 2]),
        Throws.TypeOf<InvalidDataException>().With.Message.EqualTo("it is not finite."));

    private static ActivationRange Range(CalibrationMethod method, IEnumerable<float[]> images)
    {
        var collector = new RangeCollector(method);
        for (var pass = 0; pass < RangeCollector.Passes(method); pass++)
        {
            foreach (var image in images)
            {
                collector.Add(pass, image);
            }
        }

        return collector.Range;
    }

    private static string Oracle(string file) => Repository.File("tests", "oracles", "int8", file);
}
