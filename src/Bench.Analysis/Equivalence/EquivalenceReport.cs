using System.Globalization;
using System.Text;
using System.Text.Json.Serialization;
using Bench.Analysis.Json;
using Bench.Analysis.Runs;
using Bench.Analysis.Statistics.Paired;

namespace Bench.Analysis.Equivalence;

/// <summary>What <c>bench equivalence</c> says of two files.</summary>
/// <param name="Tests">The tests' results.</param>
/// <param name="Level">The confidence of the interval.</param>
/// <param name="Statistic">What stood for an image.</param>
/// <param name="Verdict">The verdict.</param>
/// <param name="Remarks">What a reader must know.</param>
public sealed record EquivalenceReport(
    PairedEquivalence Tests, double Level, OutputStatistic Statistic, EquivalenceVerdict Verdict, IReadOnlyList<string> Remarks)
{
    /// <summary>Compares two files.</summary>
    /// <param name="referencePath">The reference's outputs.</param>
    /// <param name="candidatePath">The candidate's outputs.</param>
    /// <param name="statistic">What stands for an image.</param>
    /// <param name="labelsPath">Labels or masks, where the statistic needs them.</param>
    /// <param name="options">How.</param>
    /// <returns>The report; differences are reference − candidate.</returns>
    /// <exception cref="RunFormatException">A file is missing, damaged or does not fit.</exception>
    /// <exception cref="ArgumentException">An option is out of range, or an exact p-value cannot be had.</exception>
    public static EquivalenceReport Create(
        string referencePath, string candidatePath, OutputStatistic statistic, string? labelsPath, EquivalenceOptions options)
    {
        var pair = OutputPair.Read(referencePath, candidatePath, statistic, labelsPath);
        if (!double.IsFinite(pair.MaxAbsDifference))
        {
            throw new RunFormatException(candidatePath, "found numbers so far from those of the reference that their difference is not finite.");
        }

        var tests = PairedEquivalence.Of(pair.First, pair.Second, pair.MaxAbsDifference, options);
        return new EquivalenceReport(tests, options.Level, statistic, tests.Verdict(options.Significance), pair.Remarks);
    }

    /// <summary>Writes the report for programs.</summary>
    /// <returns>JSON, with line feeds.</returns>
    public string ToJson()
    {
        var wilcoxon = Tests.Wilcoxon;
        var json = new EquivalenceJson(
            wilcoxon.Pairs,
            wilcoxon.Zeros,
            wilcoxon.Ties,
            new EquivalenceJson.WilcoxonJson(
                wilcoxon.WPlus, wilcoxon.WMinus, wilcoxon.Statistic, wilcoxon.PValue, Method(wilcoxon), Name(wilcoxon.ZeroMethod), wilcoxon.Continuity),
            new EquivalenceJson.CentreJson(Tests.Centre.Value, Tests.Centre.Interval?.Lower, Tests.Centre.Interval?.Upper, Level),
            new EquivalenceJson.TostJson(Tests.Tost.Margin, Tests.Tost.PLower, Tests.Tost.PUpper, Tests.Tost.PValue, IsEquivalent),
            new EquivalenceJson.SignTestJson(Tests.SignTestPValue),
            Tests.MaxAbsDifference,
            Verdict.Name(),
            wilcoxon.RankBiserial,
            Tests.MeanDifference,
            Tests.ShareBeyondMargin,
            Remarks);
        return JsonText.Write(json, EquivalenceJsonContext.Default.EquivalenceJson);
    }

    /// <summary>Writes the report for people.</summary>
    /// <returns>Some lines of text, the same in every culture.</returns>
    public string ToText()
    {
        var wilcoxon = Tests.Wilcoxon;
        var text = new StringBuilder();
        Line(text, $"{Verdict.Name()}: {Reason()}");
        Line(text, $"  pairs              {wilcoxon.Pairs}, {wilcoxon.Zeros} of them equal, {wilcoxon.Ties} others tied; differences are REF − CAND");
        Line(text, $"  Hodges–Lehmann     {Tests.Centre.Value:G6} {Interval()}");
        Line(text, $"  equivalence p      {P(Tests.Tost.PValue)} (margin ±{Tests.Tost.Margin:G6}; lower {P(Tests.Tost.PLower)}, upper {P(Tests.Tost.PUpper)})");
        Line(text, $"  Wilcoxon p         {P(wilcoxon.PValue)} ({Method(wilcoxon)}, {Name(wilcoxon.ZeroMethod)}; W+ {wilcoxon.WPlus}, W− {wilcoxon.WMinus}; rank-biserial {wilcoxon.RankBiserial:0.000})");
        Line(text, $"  sign test p        {P(Tests.SignTestPValue)}");
        Line(text, $"  mean difference    {Tests.MeanDifference:G6}; {100 * Tests.ShareBeyondMargin:0.##} % of the pairs differ by more than the margin");
        Line(text, $"  max abs difference {Tests.MaxAbsDifference:G6}");
        foreach (var remark in Remarks)
        {
            Line(text, $"{remark}");
        }

        return text.ToString();
    }

    private bool IsEquivalent => Tests.Tost.PValue <= (1 - Level) / 2;

    private string Reason() => Verdict switch
    {
        EquivalenceVerdict.Identical => "every number is equal.",
        EquivalenceVerdict.Equivalent => "the differences are shown to be centred within the margin.",
        EquivalenceVerdict.Different => "the differences are shown to be centred beyond the margin.",
        EquivalenceVerdict.InsufficientData => Invariant($"{Tests.Wilcoxon.Pairs} pairs cannot show anything at this level; the smallest p-value they can reach is {EquivalenceTest.SmallestPValue(Tests.Wilcoxon.Pairs):G3}."),
        _ when IsEquivalent => "the differences are shown to be centred within the margin, but their mean is beyond it: a minority of the images differs much.",
        _ => "neither that the differences are centred within the margin nor that they are centred beyond it is shown. More images may tell.",
    };

    private string Interval() => Tests.Centre.Interval is { } interval
        ? Invariant($"[{interval.Lower:G6}, {interval.Upper:G6}] at {100 * Level:G4} %")
        : Invariant($"(too few pairs for an interval at {100 * Level:G4} %)");

    private static string Method(SignedRankResult result) => result.IsExact ? "exact" : "normal";

    private static string Name(ZeroMethod method) => method.ToString().ToLowerInvariant();

    private static string P(double p) => p < 1e-4 ? Invariant($"{p:0.0e+0}") : Invariant($"{p:0.0000}");

    private static void Line(StringBuilder text, FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

/// <summary>The JSON of <c>bench equivalence --json</c>.</summary>
internal sealed record EquivalenceJson(
    int N,
    int Zeros,
    int Ties,
    EquivalenceJson.WilcoxonJson Wilcoxon,
    EquivalenceJson.CentreJson HodgesLehmann,
    EquivalenceJson.TostJson Tost,
    EquivalenceJson.SignTestJson SignTest,
    double MaxAbsDifference,
    string Verdict,
    double RankBiserial,
    double MeanDifference,
    double ShareBeyondMargin,
    IReadOnlyList<string> Remarks)
{
    internal sealed record WilcoxonJson(double WPlus, double WMinus, double Statistic, double PValue, string Method, string ZeroMethod, bool Continuity);

    internal sealed record CentreJson(double Estimate, double? Lower, double? Upper, double Level);

    internal sealed record TostJson(double Margin, double PLower, double PUpper, double PValue, bool Equivalent);

    internal sealed record SignTestJson(double PValue);
}

/// <summary>How the JSON of <c>bench equivalence</c> is written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(EquivalenceJson))]
internal sealed partial class EquivalenceJsonContext : JsonSerializerContext;
