using System.CommandLine;
using Bench.Analysis.Cost;
using Bench.Analysis.Decision;
using Bench.Analysis.Input;

namespace Bench.Cli.Commands;

/// <summary>What the user asks of a choice.</summary>
internal sealed class DecisionChoices
{
    private const string Any = "any";
    private readonly Option<double?> _limit = TextOption.Create<double>(
        "--limit", "The time limit of a request, with its unit: 20ms, 0.5s. [default: none]", "20ms",
        "a time above 0 with its unit (us, ms, s), such as 20ms", Time);
    private readonly Option<double?> _rate = TextOption.Create<double>(
        "--images-per-second", "What is cheapest for so many images a second on one machine, day and night: its idle time is paid. "
            + "[default: only the images are paid]", "30", "a number above 0, such as 30", Rate);
    private readonly Option<bool> _plain = new("--plain")
    {
        Description = "Choose among plain cells alone: every knob at its default, the engine's default version, closed loads.",
    };
    private readonly Option<string> _quantile =
        new("--quantile")
        {
            Description = "Which latency must meet it: mean (the study's), p50, p90 or p99.",
            DefaultValueFactory = _ => "p90",
        };
    private readonly Option<double?> _drop = TextOption.Create<double>(
        "--max-accuracy-drop", "How much accuracy or Dice may be lost against the reference, which must be shown: 0.01, 1%, or any. "
            + "[default: the model's margin, 0.01]", "0.01", $"{ShareRange.ZeroToOne}, or any", Drop);
    private readonly Option<string> _equivalence = new("--min-equivalence")
    {
        Description = "What must be known of the outputs: shown (the same, or at another precision the quality kept), identical, "
            + "equivalent, not-different or any.",
        DefaultValueFactory = _ => "shown",
    };
    private readonly Option<long?> _size = TextOption.Create<long>(
        "--max-model-size", "How large the network's file may be, with its unit: 50MB. [default: any size]", "50MB",
        "a size above 0 with its unit (kB, MB, GB, KiB, MiB, GiB), such as 50MB", Size);
    private readonly Option<bool> _latest =
        new("--latest") { Description = "Of several runs that measured a cell on one machine, use the latest." };
    private readonly Option<bool> _incomplete = new("--allow-incomplete") { Description = "Use interrupted runs too." };

    public DecisionChoices()
    {
        _quantile.AcceptOnlyFromAmong(StringComparer.OrdinalIgnoreCase, "mean", "p50", "p90", "p99");
        _equivalence.AcceptOnlyFromAmong("shown", "identical", "equivalent", "not-different", Any);
    }

    public void AddTo(Command command)
    {
        command.Options.Add(_limit);
        command.Options.Add(_quantile);
        command.Options.Add(_rate);
        command.Options.Add(_plain);
        command.Options.Add(_drop);
        command.Options.Add(_equivalence);
        command.Options.Add(_size);
        command.Options.Add(_latest);
        command.Options.Add(_incomplete);
    }

    public DecisionOptions Read(ParseResult result, CostModel cost) => new()
    {
        LimitMs = result.GetValue(_limit),
        Quantile = Enum.Parse<LatencyQuantile>(result.GetRequiredValue(_quantile), ignoreCase: true),
        MaxAccuracyDrop = result.GetValue(_drop),
        MinEquivalence = Enum.Parse<OutputRequirement>(
            result.GetRequiredValue(_equivalence).Replace("-", string.Empty, StringComparison.Ordinal), ignoreCase: true),
        MaxModelBytes = result.GetValue(_size),
        PlainOnly = result.GetValue(_plain),
        LatestOnly = result.GetValue(_latest),
        AllowIncomplete = result.GetValue(_incomplete),
        Cost = cost with { ImagesPerSecond = result.GetValue(_rate) },
    };

    private static double? Time(string text) => Quantity.TryParse(text, Quantity.Milliseconds, out var ms) ? ms : null;

    private static double? Rate(string text) => Quantity.TryParse(text, Quantity.Plain, out var rate) ? rate : null;

    private static long? Size(string text) =>
        Quantity.TryParse(text, Quantity.Bytes, out var bytes) && bytes is >= 1 and < long.MaxValue ? (long)bytes : null;

    private static double? Drop(string text) => text == Any ? double.PositiveInfinity
        : Share.TryParse(text, ShareRange.ZeroToOne, out var share) ? share.Value : null;
}
