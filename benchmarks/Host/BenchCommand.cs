using System.CommandLine;
using Bench.Analysis.Measurements;
using Bench.Benchmarks.Engines;
using Bench.Benchmarks.Fleets;
using Bench.Benchmarks.Launches;
using Bench.Benchmarks.Micro;
using Bench.Benchmarks.Preparing;
using Bench.Benchmarks.Tuning;
using Bench.CommandLine;
using Bench.Inference.OnnxRuntime.Plugins;

namespace Bench.Benchmarks.Host;

/// <summary>The options of <c>dotnet run -c Release --project benchmarks</c>.</summary>
internal static class BenchCommand
{
    /// <summary>The verb of the search for the cheapest settings.</summary>
    public const string Tune = "tune";

    public const string Run = "dotnet run -c Release --project benchmarks";

    public static RootCommand Create(Func<GivenOptions, Mode, int> run, Func<DataRequest, int> export, Func<LoopRequest, int> loop,
        Func<LaunchRequest, int> launch, Func<TrialRequest, int> trial,
        Func<WorkerRequest, int> work, Func<IReadOnlyList<string>, IEnumerable<string>> check)
    {
        var measure = new MeasureOptions();
        var list =
            new Option<bool>("--list") { Description = "Show the matrix, with each backend available or why not, and measure nothing." };
        var doctor = new Option<bool>("--doctor") { Description = "Say which engines work here, and what to do about the others." };
        var micro = new Option<bool>("--micro")
        {
            Description = "Run the micro benchmarks of Bench's own hot code; what follows -- goes to BenchmarkDotNet.",
        };
        var root = new RootCommand(
            "Measures every combination of model, backend and precision on this machine, and what a million images cost.");
        measure.AddTo(root);
        root.Options.Add(list);
        root.Options.Add(doctor);
        root.Options.Add(micro);
        root.SetAction(result => run(
            new GivenOptions(measure, result), result.GetValue(list) ? Mode.List
                : result.GetValue(doctor) ? Mode.Doctor : result.GetValue(micro) ? Mode.Micro : Mode.Measure));
        HelpWithExamples.AddTo(root);
        root.WithExamples(
            new Example($"{Run}", "everything that can run here, about four minutes"),
            new Example($"{Run} -- --profile smoke --models unet", "a first look, in seconds"),
            new Example($"{Run} -- --models path/to/my.onnx --usd-per-hour 0.30", "your own network, priced"),
            new Example($"{Run} -- --until 1%", "as many launches as it takes to know each mean to 1 %"),
            new Example($"{Run} -- --list", "what can run here, and what to do about the rest"));
        root.Subcommands.Add(TuneCommand(run));
        root.Subcommands.Add(WorkerCommand.Create(work));
        root.Subcommands.Add(WorkerCommand.CreateCheck(check));
        root.Subcommands.Add(ExportCommand(export));
        root.Subcommands.Add(PlainLoopCommand.Create(loop));
        root.Subcommands.Add(PlainLoopCommand.CreateHidden());
        root.Subcommands.Add(LaunchCommand(LaunchProgram.Verb, launch));
        root.Subcommands.Add(LaunchCommand(LaunchProgram.InspectionVerb, launch));
        root.Subcommands.Add(TrialCommand(trial));
        root.Subcommands.Add(QuestionCommand(ProbeProcess.Verb, "Runs a network once", ProbeProcess.Answer));
        root.Subcommands.Add(QuestionCommand(RangeProcess.Verb, "Reads the ranges of a network's values", RangeProcess.Answer));
        return root;
    }

    /// <summary>The search for the cheapest settings.</summary>
    private static Command TuneCommand(Func<GivenOptions, Mode, int> run)
    {
        var measure = new MeasureOptions { Tune = new TuneChoices() };
        var command = new Command(Tune, "Searches the cheapest settings of a model on this machine, and confirms them in fresh launches.");
        measure.AddTo(command);
        command.SetAction(result => run(new GivenOptions(measure, result), Mode.Tune));
        return command.WithExamples(
            new Example($"{Run} -- tune --models unet", "the cheapest settings of all engines that are here, in 20 minutes"),
            new Example($"{Run} -- tune --models my.onnx --limit 20ms --usd-per-hour 0.30", "your own network, within a limit, priced"),
            new Example($"{Run} -- tune --models unet --batch 1 --budget 10min", "for one image in a request alone"));
    }

    /// <summary>What the program starts itself with; no command for people.</summary>
    private static Command LaunchCommand(string verb, Func<LaunchRequest, int> launch)
    {
        var plan = new Argument<string>("plan");
        var measurement = new Argument<string>("measurement");
        var round = new Argument<int>("round");
        var command =
            new Command(verb, "One launch of one cell, or a look at it; the program starts it itself.") { plan, measurement, round };
        command.Hidden = true;
        command.SetAction(result => launch(new LaunchRequest(
            result.GetRequiredValue(plan), MeasurementId.Parse(result.GetRequiredValue(measurement)), result.GetRequiredValue(round))));
        return command;
    }

    /// <summary>As <see cref="LaunchCommand"/>.</summary>
    private static Command QuestionCommand(string verb, string what, Func<string, string, int> find)
    {
        var question = new Argument<string>("question");
        var answer = new Argument<string>("answer");
        var command = new Command(verb, $"{what}; the program starts it itself.") { question, answer };
        command.Hidden = true;
        command.SetAction(parsed => find(parsed.GetRequiredValue(question), parsed.GetRequiredValue(answer)));
        return command;
    }

    /// <summary>As <see cref="LaunchCommand"/>.</summary>
    private static Command TrialCommand(Func<TrialRequest, int> trial)
    {
        var backend = new Argument<string>("backend");
        var result = new Argument<string>("result");
        var library = new Option<string?>("--ort-library");
        var plugins = new Option<string[]>("--ep-library");
        var command = new Command(EngineTrial.Verb, "Tries a backend on a tiny network; the program starts it itself.")
        {
            backend, result, library, plugins,
        };
        command.Hidden = true;
        command.SetAction(parsed => trial(
            new TrialRequest(parsed.GetRequiredValue(backend), parsed.GetRequiredValue(result), new EngineLibraries(
                parsed.GetValue(library),
                [.. (parsed.GetValue(plugins) ?? []).Select(text => PluginLibrary.Parse(text, Environment.CurrentDirectory)!)]))));
        return command;
    }

    /// <summary>Training data for models/training, from the generators that also make the evaluation data.</summary>
    private static Command ExportCommand(Func<DataRequest, int> export)
    {
        var generator =
            new Option<string>("--generator") { Description = "lesion-images or lesion-slices.", Required = true, HelpName = "NAME" };
        var seed =
            new Option<ulong>("--seed") { Description = "The seed; not that of the evaluation data.", Required = true, HelpName = "N" };
        var count = new Option<int>("--count") { Description = "How many images.", Required = true, HelpName = "N" };
        var output =
            new Option<string>("--output") { Description = "The folder for images.npy and labels.npy.", Required = true, HelpName = "DIR" };
        var command =
            new Command("export-data", "Writes synthetic images and labels as .npy files, to train on.") { generator, seed, count, output };
        command.SetAction(result => export(new DataRequest(
            result.GetRequiredValue(generator), result.GetRequiredValue(seed), result.GetRequiredValue(count),
            result.GetRequiredValue(output))));
        return command;
    }
}

/// <summary>What the program is asked to do.</summary>
internal enum Mode
{
    Measure,
    List,
    Doctor,
    Micro,
    Tune,
}

/// <summary>Which synthetic data to write, and where.</summary>
internal sealed record DataRequest(string Generator, ulong Seed, int Count, string Output);
