using System.CommandLine;
using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text;
using Bench.Analysis.Runs;
using Bench.Benchmarks.Engines;
using Bench.Benchmarks.Fleets;
using Bench.Benchmarks.Host;
using Bench.Benchmarks.Launches;
using Bench.Benchmarks.Machines;
using Bench.Benchmarks.Micro;
using Bench.Benchmarks.Preparing;
using Bench.Benchmarks.Tuning;
using Bench.CommandLine;
using Bench.Inference;
using Bench.Inference.NativeRuntimes;
using Bench.Models.Data;

// What follows a bare "--" belongs to BenchmarkDotNet's own switcher (micro benchmarks).
var split = Array.IndexOf(args, "--");
var own = split < 0 ? args : args[..split];
var rest = split < 0 ? [] : args[(split + 1)..];
Console.OutputEncoding = Encoding.UTF8;
WineWorkarounds.Apply();
WorkerSurroundings.EndWithWorker();

var paths = BenchPaths.Find();
var command = BenchCommand.Create(
    Run, Export, loop => PlainLoop.Run(loop, paths, Console.Out), LaunchProgram.Run, EngineTrial.Run, Work, Misunderstood);
// A file is a model, wherever it stands; a verb is none.
if (own is [BenchCommand.Tune, ..])
{
    var tuning = command.Subcommands.First(verb => verb.Name == BenchCommand.Tune);
    own = [BenchCommand.Tune, .. ModelArguments.Translated(own[1..], word => TakesValue(tuning, word))];
}
else if (own is [var first, ..]
    && (first.StartsWith('-') || first.EndsWith(".onnx", StringComparison.OrdinalIgnoreCase) || File.Exists(first)))
{
    own = [.. ModelArguments.Translated(own, word => TakesValue(command, word))];
}

var parsed = command.Parse(own);
if (UsageErrors.Of(parsed, BenchmarkDotNetWords.Hints) is { Count: > 0 } faults)
{
    foreach (var fault in faults)
    {
        Console.Error.WriteLine(fault);
    }

    return ExitCodes.WrongUsage;
}

if (rest.Length > 0 && !own.Contains("--micro"))
{
    Console.Error.WriteLine($"Found '{string.Join(' ', rest)}' after a bare --; expected that with --micro only. See --help.");
    return ExitCodes.WrongUsage;
}

try
{
    return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (ArgumentException e)
{
    Console.Error.WriteLine(e.Message);
    return ExitCodes.WrongUsage;
}
catch (Exception e) when (e is IOException or UnauthorizedAccessException)
{
    Console.Error.WriteLine(
        $"{e.Message} The run is not complete; expected a folder with space that can be written: "
        + "make space and go on with --resume, or choose one with --output.");
    return ExitCodes.Incomplete;
}
catch (Exception e)
{
    // Whatever was not foreseen: one line all the same, and never 0.
    Console.Error.WriteLine($"{e.GetType().Name}: {e.Message}");
    return ExitCodes.Incomplete;
}

static bool TakesValue(Command command, string word) => command.Options.Any(option =>
    option.Arity.MinimumNumberOfValues > 0 && (option.Name == word || option.Aliases.Contains(word)));

int Run(GivenOptions given, Mode mode)
{
    if (mode == Mode.Micro)
    {
        return MicroBenchmarks.Run(rest, paths, Console.Error);
    }

    var stopped = StoppedRun.Find(given, out var notStopped, out var code);
    if (notStopped is not null)
    {
        Console.Error.WriteLine(notStopped);
        return code;
    }

    if (OptionsReader.Read(stopped?.Options ?? given, paths, RuntimeCatalogue.Find(), out var wrong) is not { } options)
    {
        foreach (var fault in wrong)
        {
            Console.Error.WriteLine(fault);
        }

        return ExitCodes.WrongUsage;
    }

    if (options.WriteCard is { } card)
    {
        return CardWriter.Write(card, options, paths, Console.Out);
    }

    // A run that goes on has the options of before, but is shown as it is asked for now.
    options = (options.Tune is null ? CellFilter.Narrow(options) : options) with { Verbose = given.Result.GetValue(given.Options.Verbose) };
    return mode switch
    {
        Mode.List => MatrixList.Print(options, paths, Listed(Console.Out), Console.Out),
        Mode.Doctor => Doctor.Print(Listed(TextWriter.Null), Console.Out),
        _ => Measure(options, stopped?.Folder),
    };

    IReadOnlyList<EngineOffer> Listed(TextWriter console) => EngineOffers.Find(
        options with { Backends = options.ListedBackends }, paths, console, CancellationToken.None);
}

int Measure(BenchOptions options, RunFolder? stopped)
{
    if (typeof(MatrixRun).Assembly.GetCustomAttribute<DebuggableAttribute>() is { IsJITOptimizerDisabled: true })
    {
        Console.Error.WriteLine(
            "Found a debug build; expected one for release, whose timings mean something: dotnet run -c Release --project benchmarks");
        return ExitCodes.WrongUsage;
    }

    MatrixRun? run = null;
    TuneRun? tune = null;
    using var interrupt = new CancellationTokenSource();
    using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
    using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
    if (options.Tune is not null)
    {
        // Outputs are compared with those of the reference, whatever is searched.
        var asked = options with { Backends = [.. options.Backends.Union([BackendCatalogue.ReferenceId])] };
        tune = new TuneRun(
            options, paths, EngineOffers.Find(asked, paths, Console.Out, interrupt.Token), Console.Out, TimeProvider.System,
            interrupt.Token);
        return tune.Execute(stopped);
    }

    run = new MatrixRun(
        options, paths, EngineOffers.Find(options, paths, Console.Out, interrupt.Token), Console.Out, TimeProvider.System, interrupt.Token);
    return stopped is null ? run.Execute() : run.Resume(stopped);

    void Stop(PosixSignalContext context)
    {
        // The first signal ends the run in order; a second one ends the program.
        if (!interrupt.IsCancellationRequested)
        {
            context.Cancel = true;
            if (run?.IsShownLive != true && tune?.IsShownLive != true)
            {
                Console.Error.WriteLine("Stopping; what was measured is kept ...");
            }

            interrupt.Cancel();
        }
        else if (!Console.IsOutputRedirected)
        {
            // The program ends here, and the terminal has no cursor while lines change.
            Console.Write("\u001b[?25h");
        }
    }
}

int Work(WorkerRequest request)
{
    using var stop = new CancellationTokenSource();
    using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
    using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
    return new FleetWorker(WorkerSurroundings.Here(), Console.Out, stop.Token).Work(request.Manifest, request.Index, request.Output);

    // The worker says in its attempt that it was asked to.
    void End(PosixSignalContext context)
    {
        context.Cancel = true;
        stop.Cancel();
    }
}

IEnumerable<string> Misunderstood(IReadOnlyList<string> arguments)
{
    OptionsReader.Read(GivenOptions.Parse([.. arguments]), paths, RuntimeCatalogue.Find(), out var wrong);
    return wrong;
}

int Export(DataRequest request)
{
    Directory.CreateDirectory(request.Output);
    SyntheticData.Write(
        request.Generator, request.Seed, request.Count, Path.Combine(request.Output, "images.npy"),
        Path.Combine(request.Output, "labels.npy"));
    return ExitCodes.Success;
}
