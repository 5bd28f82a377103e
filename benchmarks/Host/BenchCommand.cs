using System.CommandLine;
using Bench.Benchmarks.Configs;
using Bench.Benchmarks.Engines;
using Bench.Benchmarks.Inference;

namespace Bench.Benchmarks.Host;

/// <summary>The options of <c>dotnet run -c Release --project benchmarks</c>.</summary>
internal static class BenchCommand
{
    public static RootCommand Create(Func<RawOptions, Mode, int> run, Func<DataRequest, int> export, Func<LoopRequest, int> loop, Func<LaunchRequest, int> launch, Func<TrialRequest, int> trial)
    {
        var profile = new Option<string>("--profile") { Description = $"How much is measured: {string.Join("; ", Profile.All.Select(p => $"{p.Name} ({p.Purpose})"))}.", DefaultValueFactory = _ => "default" };
        var models = new Option<string>("--models") { Description = "Names from models/, or paths of model cards, separated by commas.", DefaultValueFactory = _ => "all" };
        var backends = new Option<string>("--backends") { Description = "Backends, separated by commas; of those of ONNX Runtime also versions, as in ort-cpu@1.29.0,ort-cpu@1.30.0.", DefaultValueFactory = _ => "all" };
        var ortLibrary = new Option<string?>("--ort-library") { Description = "A library of ONNX Runtime that you built: measured as ort-cpu@local, or as any other backend of ONNX Runtime with @local after its name." };
        var allowFallback = new Option<bool>("--allow-fallback") { Description = "Keep cells in which convolutions or matrix products ran elsewhere than on the backend; the report says where." };
        var allowSoftwareDevice = new Option<bool>("--allow-software-device") { Description = "Measure on a program that stands in for a GPU, such as SwiftShader: for testing; its times say nothing." };
        var launches = new Option<int?>("--launches") { Description = "How many launches each cell has, if not as many as the profile says." };
        var slowDown = new Option<string?>("--slow-down") { Description = "Make every inference take longer by a share, such as 10%, or those of one backend, as in ort-cpu=10%: to see whether a gate catches it. The run says so, is not priced and cannot become a reference." };
        var precisions = new Option<string>("--precisions") { Description = "fp32, fp16, or both separated by a comma.", DefaultValueFactory = _ => "all" };
        var output = new Option<string?>("--output") { Description = "The folder under which the run's folder is made [default: artifacts/runs]." };
        var hardware = new Option<string?>("--hardware") { Description = "What this machine is: a key of src/Bench.Analysis/Cost/prices.csv." };
        var usdPerHour = new Option<string?>("--usd-per-hour") { Description = "What an hour of this machine costs in USD." };
        var seed = new Option<ulong>("--seed") { Description = "The seed of the order of images.", DefaultValueFactory = _ => 1910 };
        var verbose = new Option<bool>("--verbose") { Description = "Show all that BenchmarkDotNet says." };
        var list = new Option<bool>("--list") { Description = "Show the matrix, with each backend available or why not, and measure nothing." };
        var micro = new Option<bool>("--micro") { Description = "Run the micro benchmarks of Bench's own hot code; what follows -- goes to BenchmarkDotNet." };

        var root = new RootCommand("Measures every combination of model, backend and precision on this machine, and what a million images cost.")
        {
            profile, models, backends, precisions, output, hardware, usdPerHour, seed, allowFallback, allowSoftwareDevice, ortLibrary, slowDown, launches, verbose, list, micro,
        };
        root.SetAction(result => run(
            new RawOptions(
                result.GetRequiredValue(profile),
                result.GetRequiredValue(models),
                result.GetRequiredValue(backends),
                result.GetRequiredValue(precisions),
                result.GetValue(output),
                result.GetValue(hardware),
                result.GetValue(usdPerHour),
                result.GetRequiredValue(seed),
                result.GetValue(ortLibrary),
                result.GetValue(allowFallback),
                result.GetValue(allowSoftwareDevice),
                result.GetValue(slowDown),
                result.GetValue(launches),
                result.GetValue(verbose),
                [.. result.Tokens.Select(token => token.Value)]),
            result.GetValue(list) ? Mode.List : result.GetValue(micro) ? Mode.Micro : Mode.Measure));
        root.Subcommands.Add(ExportCommand(export));
        root.Subcommands.Add(LoopCommand(loop));
        root.Subcommands.Add(LaunchCommand(launch));
        root.Subcommands.Add(TrialCommand(trial));
        return root;
    }

    /// <summary>A loop without BenchmarkDotNet, to hold the report's mean against.</summary>
    private static Command LoopCommand(Func<LoopRequest, int> loop)
    {
        var model = new Option<string>("--model") { Description = "A model of models/.", DefaultValueFactory = _ => "inceptionv3" };
        var seconds = new Option<double>("--seconds") { Description = "How long.", DefaultValueFactory = _ => 10 };
        var command = new Command("plain-loop", "Times ort-cpu/fp32 of a model in a plain loop, without BenchmarkDotNet: a check of the report's mean.") { model, seconds };
        command.SetAction(result => loop(new LoopRequest(result.GetRequiredValue(model), result.GetRequiredValue(seconds))));
        return command;
    }

    /// <summary>What the program starts itself with; no command for people.</summary>
    private static Command LaunchCommand(Func<LaunchRequest, int> launch)
    {
        var plan = new Argument<string>("plan");
        var job = new Argument<string>("job");
        var model = new Argument<string>("model");
        var command = new Command(LaunchProgram.Verb, "One launch of one cell; the program starts it itself.") { plan, job, model };
        command.Hidden = true;
        command.SetAction(result => launch(new LaunchRequest(result.GetRequiredValue(plan), result.GetRequiredValue(job), result.GetRequiredValue(model))));
        return command;
    }

    /// <summary>As <see cref="LaunchCommand"/>.</summary>
    private static Command TrialCommand(Func<TrialRequest, int> trial)
    {
        var backend = new Argument<string>("backend");
        var result = new Argument<string>("result");
        var library = new Option<string?>("--ort-library");
        var command = new Command(EngineTrial.Verb, "Tries a backend on a tiny network; the program starts it itself.") { backend, result, library };
        command.Hidden = true;
        command.SetAction(parsed => trial(new TrialRequest(parsed.GetRequiredValue(backend), parsed.GetRequiredValue(result), parsed.GetValue(library))));
        return command;
    }

    /// <summary>Training data for models/training, from the generators that also make the evaluation data.</summary>
    private static Command ExportCommand(Func<DataRequest, int> export)
    {
        var generator = new Option<string>("--generator") { Description = "lesion-images or lesion-slices.", Required = true };
        var seed = new Option<ulong>("--seed") { Description = "The seed; not that of the evaluation data.", Required = true };
        var count = new Option<int>("--count") { Description = "How many images.", Required = true };
        var output = new Option<string>("--output") { Description = "The folder for images.npy and labels.npy.", Required = true };
        var command = new Command("export-data", "Writes synthetic images and labels as .npy files, to train on.") { generator, seed, count, output };
        command.SetAction(result => export(new DataRequest(
            result.GetRequiredValue(generator), result.GetRequiredValue(seed), result.GetRequiredValue(count), result.GetRequiredValue(output))));
        return command;
    }
}

/// <summary>What the program is asked to do.</summary>
internal enum Mode
{
    Measure,
    List,
    Micro,
}

/// <summary>Which model to run in a plain loop, and how long.</summary>
internal sealed record LoopRequest(string Model, double Seconds);

/// <summary>Which synthetic data to write, and where.</summary>
internal sealed record DataRequest(string Generator, ulong Seed, int Count, string Output);
