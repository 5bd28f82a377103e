using System.CommandLine;
using Bench.Analysis.Cost;
using Bench.Analysis.Decision;
using Bench.Analysis.Input;

namespace Bench.Cli.Commands;

/// <summary>What the user asks of a choice.</summary>
internal sealed class DecisionChoices
{
    private const string Any = "any";
    private readonly Option<string?> _limit =
        new("--limit") { Description = "The time limit of an image, with its unit: 20ms, 0.5s. [default: none]", HelpName = "20ms" };
    private readonly Option<string> _quantile =
        new("--quantile") { Description = "Which latency must meet it: mean, p50, p90 or p99.", DefaultValueFactory = _ => "mean" };
    private readonly Option<string?> _drop = new("--max-accuracy-drop")
    {
        Description = "How much accuracy or Dice may be lost against the reference, which must be shown: 0.01, 1%, or any. "
            + "[default: the model's margin, 0.01]",
        HelpName = "0.01",
    };
    private readonly Option<string> _equivalence = new("--min-equivalence")
    {
        Description = "What must be known of the outputs: shown (the same, or at another precision the quality kept), identical, "
            + "equivalent, not-different or any.",
        DefaultValueFactory = _ => "shown",
    };
    private readonly Option<string?> _size = new("--max-model-size")
    {
        Description = "How large the network's file may be, with its unit: 50MB. [default: any size]",
        HelpName = "50MB",
    };
    private readonly Option<bool> _latest =
        new("--latest") { Description = "Of several runs that measured a cell on one machine, use the latest." };
    private readonly Option<bool> _incomplete = new("--allow-incomplete") { Description = "Use interrupted runs too." };

    public DecisionChoices()
    {
        _quantile.AcceptOnlyFromAmong("mean", "p50", "p90", "p99");
        _equivalence.AcceptOnlyFromAmong("shown", "identical", "equivalent", "not-different", Any);
    }

    public void AddTo(Command command)
    {
        command.Options.Add(_limit);
        command.Options.Add(_quantile);
        command.Options.Add(_drop);
        command.Options.Add(_equivalence);
        command.Options.Add(_size);
        command.Options.Add(_latest);
        command.Options.Add(_incomplete);
    }

    /// <exception cref="ArgumentException">An option is not what it should be.</exception>
    public DecisionOptions Read(ParseResult result, CostModel cost) => new()
    {
        LimitMs = result.GetValue(_limit) is { } limit ? Limit(limit) : null,
        Quantile = Enum.Parse<LatencyQuantile>(result.GetRequiredValue(_quantile), ignoreCase: true),
        MaxAccuracyDrop = result.GetValue(_drop) is { } drop ? Drop(drop) : null,
        MinEquivalence = Enum.Parse<OutputRequirement>(
            result.GetRequiredValue(_equivalence).Replace("-", string.Empty, StringComparison.Ordinal), ignoreCase: true),
        MaxModelBytes = result.GetValue(_size) is { } size ? Size(size) : null,
        LatestOnly = result.GetValue(_latest),
        AllowIncomplete = result.GetValue(_incomplete),
        Cost = cost,
    };

    private static double Limit(string text) => Quantity.TryParse(text, Quantity.Milliseconds, out var ms)
        ? ms
        : throw new ArgumentException($"--limit: found '{text}'; expected a time above 0 with its unit (us, ms, s), such as 20ms.");

    private static long Size(string text) => Quantity.TryParse(text, Quantity.Bytes, out var bytes) && bytes is >= 1 and < long.MaxValue
        ? (long)bytes
        : throw new ArgumentException(
            $"--max-model-size: found '{text}'; expected a size above 0 with its unit (kB, MB, GB, KiB, MiB, GiB), such as 50MB.");

    private static double Drop(string text) => text == Any
        ? double.PositiveInfinity
        : ShareOption.Read("--max-accuracy-drop", text, ShareRange.ZeroToOne, ", or any");
}
