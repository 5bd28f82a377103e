using System.CommandLine;
using Bench.Benchmarks.Tuning;

namespace Bench.Benchmarks.Host;

/// <summary>What stands on the command line of a measurement.</summary>
/// <param name="Options">The options that there are.</param>
/// <param name="Result">What was given for them.</param>
internal sealed record GivenOptions(MeasureOptions Options, ParseResult Result)
{
    /// <summary>All words, as they were given.</summary>
    public IReadOnlyList<string> Words => [.. Result.Tokens.Select(token => token.Value)];

    /// <summary>Reads arguments that are not those of this program, such as those of a run that was stopped.</summary>
    /// <param name="arguments">The arguments.</param>
    public static GivenOptions Parse(params IReadOnlyList<string> arguments)
    {
        var isTune = arguments is [BenchCommand.Tune, ..];
        var options = new MeasureOptions { Tune = isTune ? new TuneChoices() : null };
        var root = new RootCommand();
        options.AddTo(root);
        return new GivenOptions(options, root.Parse([.. arguments.Skip(isTune ? 1 : 0)]));
    }
}
