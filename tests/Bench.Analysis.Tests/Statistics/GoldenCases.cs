using System.Text.Json;

namespace Bench.Analysis.Tests.Statistics;

/// <summary>Cases that R and SciPy computed: tests/oracles.</summary>
internal static class GoldenCases
{
    /// <summary>One test case for each golden case, named by its number and kind.</summary>
    public static IEnumerable<TestCaseData> Of(string name)
    {
        using var document = JsonDocument.Parse(
            File.ReadAllText(Repository.File("tests", "Bench.Analysis.Tests", "Data", "cases", name + ".json")));
        foreach (var (i, element) in document.RootElement.GetProperty("cases").EnumerateArray().Index())
        {
            var label = element.TryGetProperty("name", out var text) || element.TryGetProperty("kind", out text)
                ? text.GetString()
                : "case";
            yield return new TestCaseData(element.Clone()).SetArgDisplayNames($"{i}-{label}");
        }
    }

    public static double Number(this JsonElement element, string name) => element.GetProperty(name).GetDouble();

    public static double[] Numbers(this JsonElement element, string name) =>
        [.. element.GetProperty(name).EnumerateArray().Select(v => v.GetDouble())];

    public static string Text(this JsonElement element, string name) => element.GetProperty(name).GetString()!;
}
