using System.Globalization;
using static System.FormattableString;

namespace Bench.Analysis.Study;

/// <summary>Holds every claim of the study against its tables.</summary>
/// <remarks>https://arxiv.org/abs/1910.03060</remarks>
internal static class StudyClaims
{
    private const string Classification = "inceptionv3";
    private const string Segmentation = "unet";
    private const string TensorFlow = "tensorflow";
    private const string Processor = "i5";
    private const string Radeon = "radeon";

    public static IReadOnlyList<Claim> Check(
        StudyTables tables, IReadOnlyList<RecomputedCost> costs, IReadOnlyList<StudyDecision> decisions) =>
        [
            .. Quality(),
            .. Costs(costs),
            .. Hardware(tables),
            .. Choice(tables, decisions),
            .. Windows(tables),
            Unknown("10", "TensorRT 5.1.5 dropped the Dice score; 5.1.2 RC did not.", "No table has Dice scores, or versions."),
            Unknown("11", "Accelerators do not support every layer (resizing in TensorRT and OpenVINO).",
                "No table says which nodes ran where."),
        ];

    private static IEnumerable<Claim> Quality()
    {
        yield return Unknown("1", "All configurations keep accuracy and Dice, but FP16 on V100 loses 1 % accuracy for InceptionV3.",
            "No table has accuracies or Dice scores.");
        yield return Unknown("2", "Inference time falls by 55 % on average from the TensorFlow baseline.",
            "Table 1 has no baseline; it stands in a figure alone.");
    }

    private static IEnumerable<Claim> Costs(IReadOnlyList<RecomputedCost> costs)
    {
        foreach (var hardware in costs.GroupBy(cost => cost.Hardware))
        {
            var wrong = hardware.Where(cost => !cost.IsReproduced).ToList();
            var right = hardware.Except(wrong).ToList();
            var evidence = string.Join("; ", hardware.Select(
                cost => Invariant($"{cost.Model} {cost.Precision} ${cost.Recomputed:0.0000} for ${cost.Printed:0.00}")));
            yield return wrong.Count == 0
                ? new Claim(
                    $"table 1, {hardware.Key}",
                    Invariant($"The costs follow from the times at ${hardware.First().UsdPerHour:0.00} an hour."),
                    ClaimVerdict.HoldsWithinRounding, evidence + ".")
                : new Claim($"table 1, {hardware.Key}", "The costs follow from the times at one price of an hour.",
                    ClaimVerdict.DoesNotFollow, $"{evidence}. {NoPrice(right[0], wrong[0])}");
        }
    }

    private static string NoPrice(RecomputedCost right, RecomputedCost wrong) =>
        "Whatever was rounded, "
        + Invariant($"{right.Model} takes a price of ${right.LowestUsdPerHour:0.0000} to ${right.HighestUsdPerHour:0.0000}, ")
        + Invariant($"{wrong.Model} one of ${wrong.LowestUsdPerHour:0.0000} to ${wrong.HighestUsdPerHour:0.0000}: no price gives both.");

    private static IEnumerable<Claim> Hardware(StudyTables tables)
    {
        var (k80, v100, xeon) = (tables.Cost(Classification, "k80", "fp32"),
            tables.Cost(Classification, "v100", "fp32"), tables.Cost(Classification, "xeon", "fp32"));
        yield return Rounded("3a", "CPU inference is only 10 % slower than K80 for InceptionV3.", 10,
            PrintedChange.Increase(k80.Ms, xeon.Ms), Invariant($"{xeon.Ms.Value:0.00} ms against {k80.Ms.Value:0.00} ms"));
        yield return Rounded(
            "3b",
            "\"K80 is 74 % slower than V100\" for InceptionV3.",
            74,
            PrintedChange.Decrease(k80.Ms, v100.Ms),
            Invariant($"V100 takes {v100.Ms.Value:0.00} ms, K80 {k80.Ms.Value:0.00} ms: that much less time. ")
            + Invariant($"Read as more time than V100 it would be {100 * (k80.Ms.Value / v100.Ms.Value - 1):0} %"));
        var savings = new[] { Classification, Segmentation }.Select(model => PrintedChange.Decrease(
            tables.Cost(model, "k80", "fp32").Usd, tables.Cost(model, "v100", "fp16").Usd)).ToArray();
        yield return Rounded(
            "4",
            "FP16 on V100 cuts cost by 38 % on average, over both tasks, compared with K80.",
            38,
            PrintedChange.Mean(savings),
            Invariant($"InceptionV3 {savings[0].Percent:0.0} %, U-Net {savings[1].Percent:0.0} %"));
        yield return Unknown("5", "Windows is slower: on GPU +2 % (InceptionV3) and +15 % (U-Net), on CPU +7 % and +12 %.",
            "Table 1 is of Linux, table 2 of another machine; the pairs stand in a figure alone.");
    }

    private static IEnumerable<Claim> Choice(StudyTables tables, IReadOnlyList<StudyDecision> decisions)
    {
        var (lossy, lossless) = (Decision(decisions, Classification, lossy: true), Decision(decisions, Classification, lossy: false));
        yield return Follows(
            "6a", "InceptionV3 without a time limit: Xeon is the cheapest.", lossy.Choice?.Hardware == "xeon", Choice(lossy.Choice));
        yield return Follows(
            "6b",
            "Below 19.5 ms, with the 1 % loss accepted: V100 FP16, $2.88.",
            lossy.Steps is [{ Hardware: "v100" } first, { Hardware: "xeon" } second]
            && IsAt(second.FromMs, 19.5) && IsCost(first.UsdPerMillionImages, 2.88),
            Steps(lossy));
        yield return Follows(
            "6c",
            "Below 19.5 ms, with no loss accepted: V100 FP32, $4.04.",
            lossless.Steps is [{ Hardware: "v100" } only, { Hardware: "xeon" }] && IsCost(only.UsdPerMillionImages, 4.04),
            Steps(lossless));
        yield return Follows("6d", "Below 3.34 ms: no solution.", lossy.NoSolutionBelowMs == 3.34,
            Invariant($"The fastest takes {lossy.NoSolutionBelowMs:0.00} ms."));
        yield return Saving(tables);
        var unet = Decision(decisions, Segmentation, lossy: true);
        yield return Follows(
            "7",
            "U-Net: V100 is recommended.",
            unet.Steps is [{ Hardware: "v100" }],
            $"{Steps(unet)} It is the fastest and the cheapest with FP16; with FP32 alone Xeon is cheaper at "
            + $"{tables.Cost(Segmentation, "xeon", "fp32").Ms.Value.ToString("0.00", CultureInfo.InvariantCulture)} ms and above.");
        var never = decisions.All(decision => decision.Decision.Steps.All(step => step.Hardware != "k80"));
        yield return Follows(
            "8", "K80 is never optimal for any limit.", never, "It is in none of the steps, of either model, with or without the loss.");
    }

    private static Claim Saving(StudyTables tables)
    {
        var xeon = tables.Cost(Classification, "xeon", "fp32").Usd;
        var against = new[] { ("v100", "fp16"), ("v100", "fp32"), ("k80", "fp32") }
            .Select(other => (Name: $"{other.Item1.ToUpperInvariant()} {other.Item2.ToUpperInvariant()}",
                Saving: PrintedChange.Decrease(tables.Cost(Classification, other.Item1, other.Item2).Usd, xeon))).ToList();
        var k80 = PrintedChange.Decrease(tables.Cost(Classification, "k80", "fp32").Usd, tables.Cost(Classification, "v100", "fp16").Usd);
        return new Claim(
            "6e",
            "At about 20 ms the Xeon \"reduces inference price by 35 %\".",
            against.Exists(other => other.Saving.RoundsTo(35)) ? ClaimVerdict.HoldsWithinRounding : ClaimVerdict.DoesNotFollow,
            $"It saves {string.Join(", ", against.Select(other => Invariant($"{other.Saving.Percent:0.0} % against {other.Name}")))}. "
            + $"{Invariant($"{k80.Percent:0.0} % is what V100 FP16 saves against K80.")}");
    }

    private static IEnumerable<Claim> Windows(StudyTables tables)
    {
        foreach (var (number, model, claimed) in new[] { ("9a", Classification, 41), ("9b", Segmentation, 75) })
        {
            var (plain, amd) = (tables.Time(model, TensorFlow, Processor).Ms, tables.Time(model, "winml", Radeon).Ms);
            yield return Rounded(
                number, Invariant($"AMD through WinML cuts time by {claimed} % against the TensorFlow CPU baseline ({model})."), claimed,
                PrintedChange.Decrease(plain, amd), Invariant($"{amd.Value:0.00} ms against {plain.Value:0.00} ms"));
        }

        var slower = new[] { Classification, Segmentation }.Select(
            model => tables.Time(model, "winml", Processor).Ms.Value / tables.Time(model, "openvino", Processor).Ms.Value).ToArray();
        yield return Follows("9c", "WinML on the CPU is far slower than OpenVINO.", slower.All(ratio => ratio > 2),
            Invariant($"{slower[0]:0.0} times for InceptionV3, {slower[1]:0.0} times for U-Net."));
        yield return Best(tables, "9d", "For classification OpenVINO is best.", Classification, "openvino", Processor);
        yield return Best(tables, "9e", "For segmentation WinML on the AMD GPU is best.", Segmentation, "winml", Radeon);
    }

    private static Claim Best(StudyTables tables, string number, string text, string model, string engine, string device)
    {
        var order = tables.Times.Where(row => row.Model == model).OrderBy(row => row.Ms.Value).ToList();
        return Follows(
            number,
            text,
            order[0] == tables.Time(model, engine, device),
            string.Join(", ", order.Select(row => Invariant($"{row.Engine} on {row.Device} {row.Ms.Value:0.00} ms"))) + ".");
    }

    private static Decision.ModelDecision Decision(IReadOnlyList<StudyDecision> decisions, string model, bool lossy) =>
        decisions.Single(decision => decision.Decision.Model == model && decision.MaxAccuracyDrop > 0 == lossy).Decision;

    // The study says 19.5 where its table says 19.49.
    private static bool IsAt(double ms, double claimed) => Math.Abs(ms - claimed) <= 0.05;

    private static bool IsCost(double usd, double claimed) => Math.Abs(usd - claimed) <= RecomputedCost.Tolerance;

    private static string Choice(Decision.Choice? choice) =>
        choice is null ? "There is no choice." : Invariant($"{choice.Hardware} at ${choice.UsdPerMillionImages:0.00}.");

    private static string Steps(Decision.ModelDecision decision) =>
        string.Join("; ", decision.Steps.Select(
            step => Invariant($"from {step.FromMs:0.00} ms {step.Hardware} at ${step.UsdPerMillionImages:0.00}"))) + ".";

    private static Claim Rounded(string number, string text, double claimed, PrintedChange change, string evidence) => new(
        number,
        text,
        change.RoundsTo(claimed) ? ClaimVerdict.HoldsWithinRounding : ClaimVerdict.DoesNotFollow,
        Invariant($"{change.Percent:0.0} %: ") + evidence + ".");

    private static Claim Follows(string number, string text, bool holds, string evidence) =>
        new(number, text, holds ? ClaimVerdict.Holds : ClaimVerdict.DoesNotFollow, evidence);

    private static Claim Unknown(string number, string text, string why) =>
        new(number, text, ClaimVerdict.CannotBeCheckedFromTheTables, why);
}
