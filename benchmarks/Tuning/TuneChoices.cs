using System.CommandLine;
using Bench.Analysis.Decision;
using Bench.Analysis.Input;

namespace Bench.Benchmarks.Tuning;

/// <summary>What a search is asked beside what any run is.</summary>
internal sealed class TuneChoices
{
    private const string Any = "any";
    private const string Shown = "shown";

    // With one launch of each nothing is known of how they scatter.
    private const int FewestOfEach = 2;

    private readonly Option<string?> _drop = new("--max-accuracy-drop")
    {
        Description = "How much accuracy or Dice may be lost against the reference, which must be shown: 0.01, 1%, or any "
            + "[default: the model's margin, 0.01].",
        HelpName = "0.01",
    };

    private readonly Option<string> _equivalence = new("--min-equivalence")
    {
        Description = "What must be known of the outputs: shown (the same, or at another precision the quality kept), or any.",
        DefaultValueFactory = _ => Shown,
        HelpName = "shown|any",
    };

    private readonly Option<int?> _exhaustive = new("--exhaustive")
    {
        Description = "Have so many short launches of every configuration, however long that takes, instead of searching among them.",
        HelpName = "N",
    };

    public void AddTo(Command command)
    {
        command.Options.Add(_exhaustive);
        command.Options.Add(_drop);
        command.Options.Add(_equivalence);
    }

    /// <summary>How many short launches every configuration has; null for a search.</summary>
    /// <param name="result">The command line.</param>
    /// <param name="faults">Takes what is wrong.</param>
    public int? Exhaustive(ParseResult result, List<string> faults)
    {
        var launches = result.GetValue(_exhaustive);
        if (launches < FewestOfEach)
        {
            faults.Add(FormattableString.Invariant($"--exhaustive: found {launches}; expected {FewestOfEach} or more."));
        }

        return launches;
    }

    /// <summary>Reads what is asked of outputs.</summary>
    /// <param name="result">The command line.</param>
    /// <param name="faults">Takes what is wrong.</param>
    public TuneQuality Read(ParseResult result, List<string> faults)
    {
        double? allowed = null;
        if (result.GetValue(_drop) is { } text)
        {
            allowed = text == Any ? double.PositiveInfinity
                : Share.TryParse(text, ShareRange.ZeroToOne, out var share) ? share.Value
                : null;
            if (allowed is null)
            {
                faults.Add($"--max-accuracy-drop: found '{text}'; expected {ShareRange.ZeroToOne}, or any.");
            }
        }

        var equivalence = result.GetRequiredValue(_equivalence);
        if (equivalence is not (Shown or Any))
        {
            faults.Add($"--min-equivalence: found '{equivalence}'; expected shown or any.");
        }

        return new TuneQuality(allowed, equivalence == Any ? OutputRequirement.Any : OutputRequirement.Shown);
    }
}
