using Bench.Analysis.Measurements;
using BenchmarkDotNet.Parameters;
using BenchmarkDotNet.Reports;

namespace Bench.Benchmarks.Configs;

/// <summary>
/// What tells one row of BenchmarkDotNet's exports from another: Model, Backend and Precision, and then only what is not the default. So
/// the full name of a plain cell never changes, whatever knobs there will be, and tools that follow names keep cells apart.
/// </summary>
internal static class ExportParameters
{
    // BenchmarkDotNet compares definitions by identity: one object for each name.
    private static readonly Dictionary<string, ParameterDefinition> Definitions = [];

    // Longer values would be cut, and the cell they belong to would not be recognised.
    private const int MaximumLength = 1000;

    /// <param name="measurement">What was measured.</param>
    public static ParameterInstances Of(MeasurementId measurement)
    {
        var cell = measurement.Cell;
        List<(string Name, string Value)> all =
        [
            ("Model", cell.Model), ("Backend", cell.Backend.ToString()), ("Precision", cell.Precision),
            .. cell.Variant.Select(knob => (knob.Key, Written(knob))),
        ];
        if (!measurement.Load.IsClosed)
        {
            all.Add(("Load", measurement.Load.ToString().TrimStart(Load.Mark)));
        }

        var style = SummaryStyle.Default.WithMaxParameterColumnWidth(MaximumLength);
        return new ParameterInstances(
            [.. all.Select(entry => new ParameterInstance(Definition(entry.Name), new Bare(entry.Value), style))]);
    }

    /// <summary>The name that a measurement has in exports, as in <c>….Infer(Model: unet, Backend: ort-cpu, Precision: fp32)</c>.</summary>
    /// <param name="type">The full name of the class that measures.</param>
    /// <param name="method">Its method.</param>
    /// <param name="measurement">What is measured.</param>
    public static string FullName(string type, string method, MeasurementId measurement) =>
        $"{type}.{method}({string.Join(", ", Of(measurement).Items.Select(item => $"{item.Name}: {item.Value}"))})";

    // As in the id of the cell: what divides parameters from each other in exports must not stand in a value.
    private static string Written(KeyValuePair<string, string> knob) => Variant.Of([knob]).ToString()[(knob.Key.Length + 1)..];

    private static ParameterDefinition Definition(string name)
    {
        lock (Definitions)
        {
            return Definitions.TryGetValue(name, out var known)
                ? known
                : Definitions[name] = new ParameterDefinition(name, false, [], false, typeof(Bare), Definitions.Count);
        }
    }

    /// <summary>A value without quotes around it.</summary>
    private sealed record Bare(string Text)
    {
        public override string ToString() => Text;
    }
}
