using System.CommandLine;
using Bench.Analysis.Equivalence;
using Bench.Analysis.Input;
using Bench.Analysis.Statistics.Paired;
using Bench.CommandLine;

namespace Bench.Cli.Commands;

/// <summary><c>bench equivalence REF CAND</c>: whether two files of outputs are the same.</summary>
internal static class EquivalenceCommand
{
    public static Command Create()
    {
        var reference =
            new Argument<string>("REF") { Description = "The reference's outputs: a .npy or .npz file, the first axis counting images." };
        var candidate = new Argument<string>("CAND") { Description = "The candidate's outputs for the same images, of the same shape." };
        var margin = Number("--margin", EquivalenceOptions.DefaultMargin,
            "How far the mean of the differences may lie from zero, and an image's number may differ, in the unit of the values.");
        var tolerated = ShareOption.Create("--tolerated-share", EquivalenceOptions.DefaultToleratedShare, ShareRange.ZeroToBelowOne,
            "The share of images that may differ by more than the margin.");
        var level = ShareOption.Create("--level", 0.90, ShareRange.Between,
            "The confidence of two-sided intervals; each one-sided statement has (1 - level) / 2.");
        var statistic = Choice(
            "--statistic",
            "What stands for an image: of all its numbers the one that differs most; its only one; their mean; the largest; "
            + "the Dice of its mask; or that of its true class.",
            ("largest", OutputStatistic.Largest),
            ("value", OutputStatistic.Value),
            ("mean", OutputStatistic.Mean),
            ("max", OutputStatistic.Max),
            ("dice", OutputStatistic.Dice),
            ("true-class", OutputStatistic.TrueClass));
        var labels = new Option<string?>("--labels")
        {
            Description = "A .npy file: the class of each image for true-class, true masks for dice.",
            HelpName = "FILE",
        };
        var values = new Option<string?>("--values")
        {
            Description = "What the outputs are: probabilities or logits. For dice it says which pixels are in the mask; "
                + "it is never guessed.",
            HelpName = "probabilities|logits",
        };
        values.AcceptOnlyFromAmong("probabilities", "logits");
        var threshold = new Option<double?>("--threshold")
        {
            Description = "For dice: above which value a pixel is in the mask.",
            HelpName = "X",
            CustomParser = result => NumberOption.Parse(result),
        };
        var zeros = Choice("--zero-method", "What becomes of pairs that do not differ.", ("pratt", ZeroMethod.Pratt),
            ("wilcox", ZeroMethod.Wilcox), ("zsplit", ZeroMethod.ZSplit));
        var method = Choice("--method", "Where p-values come from.", ("auto", PValueMethod.Auto), ("exact", PValueMethod.Exact),
            ("normal", PValueMethod.Normal));
        var continuity = new Option<bool>("--continuity") { Description = "Correct the normal approximation for continuity." };
        var json = new Option<bool>("--json") { Description = "Print JSON instead of text." };
        var command = new Command("equivalence", "Tests whether two files of outputs are the same. "
            + "Exit code 0: identical or equivalent; 1: different; 3: inconclusive or too few images.")
        {
            reference, candidate, margin, tolerated, level, statistic, labels, values, threshold, zeros, method, continuity, json,
        };
        command.SetAction(result => CommandErrors.Report(result.InvocationConfiguration.Error, () =>
        {
            var options = new EquivalenceOptions
            {
                Margin = Positive("--margin", result.GetValue(margin)),
                ToleratedShare = result.GetValue(tolerated),
                Level = result.GetValue(level),
                SignedRank = new SignedRankOptions
                {
                    ZeroMethod = result.GetValue(zeros),
                    Method = result.GetValue(method),
                    Continuity = result.GetValue(continuity),
                },
            };
            var interpretation = new OutputInterpretation
            {
                Statistic = result.GetValue(statistic),
                LabelsPath = result.GetValue(labels),
                Values = result.GetValue(values) switch
                {
                    "probabilities" => OutputValues.Probabilities,
                    "logits" => OutputValues.Logits,
                    _ => OutputValues.Unstated,
                },
                Threshold = result.GetValue(threshold),
            };
            var report = EquivalenceReport.Create(
                result.GetRequiredValue(reference), result.GetRequiredValue(candidate), interpretation, options);
            result.InvocationConfiguration.Output.Write(result.GetValue(json) ? report.ToJson() : report.ToText());
            return report.Verdict switch
            {
                EquivalenceVerdict.Identical or EquivalenceVerdict.Equivalent => ExitCodes.Success,
                EquivalenceVerdict.Different => ExitCodes.Regression,
                _ => ExitCodes.Inconclusive,
            };
        }));
        return command;
    }

    private static double Positive(string name, double value) => value > 0
        ? value
        : throw new ArgumentException(FormattableString.Invariant($"{name}: found {value}; expected a number above 0."));

    private static Option<double> Number(string name, double fallback, string description) =>
        new(name) { Description = description, DefaultValueFactory = _ => fallback, CustomParser = NumberOption.Parse, HelpName = "X" };

    private static Option<T> Choice<T>(string name, string description, params (string Name, T Value)[] choices)
        where T : struct
    {
        // The first choice is the default, and the first of its enumeration.
        var names = string.Join('|', choices.Select(choice => choice.Name));
        return new Option<T>(name)
        {
            Description = $"{description} [default: {choices[0].Name}]",
            HelpName = names,
            CustomParser = result =>
            {
                var text = result.Tokens.Single().Value;
                foreach (var choice in choices)
                {
                    if (choice.Name == text)
                    {
                        return choice.Value;
                    }
                }

                result.AddError($"{name}: found '{text}'; expected {names.Replace("|", ", ", StringComparison.Ordinal)}.");
                return default;
            },
        };
    }
}
