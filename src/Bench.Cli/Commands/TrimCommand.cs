using System.CommandLine;
using System.Globalization;
using Bench.Analysis.Runs;
using Bench.Analysis.Trimming;
using Bench.CommandLine;

namespace Bench.Cli.Commands;

/// <summary><c>bench trim RUN…</c>: keeps what the report of a run needs and drops the rest.</summary>
internal static class TrimCommand
{
    public static Command Create()
    {
        var runs = new Argument<string[]>("RUN")
        {
            Description = "Run folders that came to their end. Their files are changed.",
            Arity = ArgumentArity.OneOrMore,
        };
        var incomplete = new Option<bool>("--allow-incomplete")
        {
            Description = "Also trim runs that did not come to their end; they cannot go on then.",
        };
        var without = new Option<string?>("--without")
        {
            Description = "First take cells out that must not be used, by a pattern of their ids; with --because. "
                + "The run says so for good.",
            HelpName = "GLOB",
        };
        var because = new Option<string?>("--because") { Description = "Why cells are taken out, in a sentence.", HelpName = "TEXT" };
        var command = new Command("trim", "Keeps what a run's report needs and drops the rest, for runs that are committed. "
            + "Outputs become quality.json (how far they are apart, image by image), "
            + "BenchmarkDotNet's JSON loses its spaces and what it says "
            + "twice, the log goes. Nothing is deleted before the report from what is left is the same. "
            + "Compared with another run, it is then "
            + "known whether outputs are equal, but seldom how far they are apart.")
        {
            runs, without, because, incomplete,
        };
        command.SetAction(result => CommandErrors.Report(result.InvocationConfiguration.Error, () =>
        {
            var (pattern, reason) = (result.GetValue(without), result.GetValue(because));
            if ((pattern is null) != string.IsNullOrWhiteSpace(reason))
            {
                throw new ArgumentException("--without and --because: found one of them; expected both, or neither.");
            }

            foreach (var run in result.GetRequiredValue(runs))
            {
                var output = result.InvocationConfiguration.Output;
                var folder = new RunFolder(run);
                if (pattern is not null)
                {
                    var count = CellsLeftOut.From(folder, pattern, reason!, result.GetValue(incomplete));
                    output.WriteLine(string.Create(
                        CultureInfo.InvariantCulture, $"{run}: took out {count} {(count == 1 ? "cell" : "cells")}"));
                }

                Write(output, run, RunTrimmer.Trim(folder, result.GetValue(incomplete)));
            }

            return ExitCodes.Success;
        }));
        return command;
    }

    private static void Write(TextWriter output, string run, TrimmedRun trimmed)
    {
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{run}: {trimmed.BytesBefore / 1e6:0.00} → {trimmed.BytesAfter / 1e6:0.00} MB"));
        if (trimmed.Uncompared.Count > 0)
        {
            output.WriteLine($"Take care: no cell of this run is the reference of {string.Join(", ", trimmed.Uncompared)}. "
                + "Of their outputs a hash alone is kept: it tells whether those of another run are equal, and no more.");
        }
    }
}
