using System.CommandLine;
using System.ComponentModel;
using Bench.CommandLine;

namespace Bench.Cli.Measuring;

/// <summary><c>bench run</c>, <c>bench tune</c> and <c>bench doctor</c>: they start the program that measures, with the same
/// options.</summary>
internal static class MeasuringVerbs
{
    private const string RunVerb = "run";
    private const string TuneVerb = "tune";
    private const string DoctorVerb = "doctor";
    private const string ProgramOption = "--program";
    private const string Variable = "BENCH_PROGRAM";

    private static readonly string[] Help = ["--help", "-h", "-?", "/?", "/h"];

    /// <summary>The verbs, for help.</summary>
    public static IEnumerable<Command> Create()
    {
        var files = new Argument<string[]>("FILE") { Description = "ONNX files, or cards of models; none for the built-in models." };
        yield return new Command(RunVerb, "Measures models on this machine. Takes all options of the program that measures; "
            + "bench run -- --help lists them. Most used: --usd-per-hour X, --limit 20ms --quantile p90, --backends A,B, "
            + "--precisions fp32,fp16, --batch 1,8, --streams 1,2, --launches N, --profile smoke, default or paper, --output DIR; "
            + "--list looks at models, cards and engines, and measures nothing.")
        {
            files, Program(),
        };
        var file = new Argument<string?>("FILE")
        {
            Description = "An ONNX file, or the card of a model; or --models NAME.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        yield return new Command(TuneVerb, "Searches the cheapest settings of a model on this machine (engine, precision, batch, streams, "
            + "and what else engines offer), confirms them in fresh launches, and writes them as code to paste. Most used: --limit 20ms "
            + "--quantile p99, --usd-per-hour X, --budget 20min, --backends A,B, --batch 1; bench tune -- --help lists all.")
        {
            file, Program(),
        };
        yield return new Command(DoctorVerb, "Says which engines work on this machine, and what to do about the others.") { Program() };
    }

    /// <summary>Whether a command line is one of them, and not a question about it.</summary>
    /// <param name="arguments">The command line.</param>
    public static bool Takes(IReadOnlyList<string> arguments) => arguments is [RunVerb or TuneVerb or DoctorVerb, ..]
        && !arguments.TakeWhile(argument => argument != "--").Any(Help.Contains);

    /// <summary>Starts the program.</summary>
    /// <param name="arguments">The command line.</param>
    /// <param name="error">Hears what is wrong.</param>
    /// <returns>The program's exit code.</returns>
    public static int Run(IReadOnlyList<string> arguments, TextWriter error)
    {
        List<string> rest = [.. arguments.Skip(1).SelectMany(argument =>
            argument.StartsWith($"{ProgramOption}=", StringComparison.Ordinal)
                ? new[] { ProgramOption, argument[(ProgramOption.Length + 1)..] } : [argument])];
        var named = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } variable ? variable : null;
        if (rest.IndexOf(ProgramOption) is >= 0 and var at)
        {
            if (at + 1 >= rest.Count)
            {
                error.WriteLine($"{ProgramOption}: found no folder; expected that of a published program.");
                return ExitCodes.WrongUsage;
            }

            named = rest[at + 1];
            rest.RemoveRange(at, 2);
        }

        if (MeasuringProgram.Find(named, AppContext.BaseDirectory, Environment.CurrentDirectory) is not { } program)
        {
            error.WriteLine(named is null
                ? "Found no program that measures; expected Bench.Benchmarks beside bench, a checkout of Bench around this folder, or "
                    + $"{ProgramOption} FOLDER. In a checkout, dotnet publish benchmarks -r linux-x64 -c Release makes such a folder."
                : $"{ProgramOption}: found no Bench.Benchmarks in {named}; expected the folder of a published program.");
            return ExitCodes.Incomplete;
        }

        try
        {
            return program.Run(arguments[0] switch
            {
                DoctorVerb => ["--doctor", .. rest],
                TuneVerb => [TuneVerb, .. Translated(rest)],
                _ => Translated(rest),
            });
        }
        catch (Win32Exception e)
        {
            error.WriteLine($"{program.File} could not be started: {e.Message}");
            return ExitCodes.Incomplete;
        }
    }

    /// <summary>Files that stand first are models, and what follows a bare -- is for the program as it stands:
    /// <c>bench run -- --help</c>.</summary>
    internal static IReadOnlyList<string> Translated(IReadOnlyList<string> arguments) =>
        ModelArguments.Translated([.. arguments.Where((argument, i) =>
            argument != "--" || arguments.Take(i).Any(before => before.StartsWith('-')))]);

    private static Option<string> Program() => new(ProgramOption)
    {
        Description = $"The folder of a published program that measures. [default: {Variable}, else beside bench, else the checkout]",
        HelpName = "FOLDER",
    };
}
