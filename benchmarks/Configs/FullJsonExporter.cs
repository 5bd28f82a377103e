using BenchmarkDotNet.Exporters.Json;
using BenchmarkDotNet.Reports;

namespace Bench.Benchmarks.Configs;

/// <summary>BenchmarkDotNet's full JSON, without the spaces that make two thirds of such files, and with the parameters behind the name of
/// the method.</summary>
/// <remarks>Bencher (its adapter csharp_dot_net) calls a benchmark by namespace and method alone, so that all cells would be one series.
/// <c>MethodTitle</c> and <c>FullName</c>, which others go by, are BenchmarkDotNet's.</remarks>
internal sealed class FullJsonExporter() : JsonExporterBase(indentJson: false, excludeMeasurements: false)
{
    private const string Method = "Method";

    protected override string FileNameSuffix => "-full";

    protected override IReadOnlyDictionary<string, object> GetDataToSerialize(BenchmarkReport report)
    {
        var data = base.GetDataToSerialize(report).ToDictionary();
        var parameters = report.BenchmarkCase.Parameters.Items.Select(item => $"{item.Name}: {item.Value}");
        data[Method] = $"{data[Method]}({string.Join(", ", parameters)})";
        return data;
    }
}
