using System.CommandLine;
using Bench.Analysis.Measurements;
using Bench.Benchmarks.Host;
using Bench.CommandLine;

namespace Bench.Benchmarks.Micro;

/// <summary>What to hold against a plain loop.</summary>
internal sealed record LoopRequest
{
    /// <summary>Models, as <c>--models</c> of a run takes them.</summary>
    public required string Models { get; init; }

    /// <summary>Numbers of images in a request.</summary>
    public required string Batch { get; init; }

    /// <summary>Numbers of requests in flight.</summary>
    public required string Streams { get; init; }

    /// <summary>Launches of each cell.</summary>
    public required int Launches { get; init; }

    /// <summary>How long each of the four parts of a launch takes, at least.</summary>
    public required double Seconds { get; init; }

    /// <summary>The seed of all orders.</summary>
    public required ulong Seed { get; init; }
}

/// <summary>The options of <c>plain-loop</c>.</summary>
internal static class PlainLoopCommand
{
    private const string Name = "plain-loop";

    /// <summary>The command.</summary>
    /// <param name="loop">What it does.</param>
    public static Command Create(Func<LoopRequest, int> loop)
    {
        var models = Option("--models", "unet,inceptionv3", "LIST", "Cards of models/, or paths of cards and ONNX files.");
        // As it was called when there was one.
        models.Aliases.Add("--model");
        var batch = Option("--batch", "1", "LIST", "Images in a request: a cell for each number.");
        var streams = Option("--streams", "1", "LIST", "Requests in flight, a cell for each number; auto for divisors of the cores.");
        var launches = Option("--launches", 10, "N", "Launches of each cell.");
        var seconds = Option("--seconds", 1.0, "S", "How long each of a launch's four parts takes, at least.");
        var seed = Option("--seed", 1910UL, "N", "The seed of the order of launches, and of images.");
        var command = new Command(
            Name, "Measures ort-cpu/fp32 as a run does, and beside it in a plain loop over the same session: both must say the same.")
        {
            models, batch, streams, launches, seconds, seed,
        };
        command.SetAction(result => loop(new LoopRequest
        {
            Models = result.GetRequiredValue(models),
            Batch = result.GetRequiredValue(batch),
            Streams = result.GetRequiredValue(streams),
            Launches = result.GetRequiredValue(launches),
            Seconds = result.GetRequiredValue(seconds),
            Seed = result.GetRequiredValue(seed),
        }));
        return command.WithExamples(
            new Example($"{BenchCommand.Run} -- {Name} --models unet", "one network, image by image, ten launches"),
            new Example($"{BenchCommand.Run} -- {Name} --batch 1,2,4 --streams 1,2", "the check of a release, half an hour"),
            new Example($"{BenchCommand.Run} -- {Name} --models my.onnx --launches 3", "a network of your own, quickly"));
    }

    /// <summary>What the program starts itself with; no command for people.</summary>
    public static Command CreateHidden()
    {
        var plan = new Argument<string>("plan");
        var measurement = new Argument<string>("measurement");
        var round = new Argument<int>("round");
        var seconds = new Argument<double>("seconds");
        var result = new Argument<string>("result");
        var command = new Command(PlainLoopLaunch.Verb, "One launch of plain-loop; the program starts it itself.")
        {
            plan, measurement, round, seconds, result,
        };
        command.Hidden = true;
        command.SetAction(parsed => PlainLoopLaunch.Run(
            new PlainLoopLaunch(
                parsed.GetRequiredValue(plan), MeasurementId.Parse(parsed.GetRequiredValue(measurement)), parsed.GetRequiredValue(round),
                parsed.GetRequiredValue(seconds)),
            parsed.GetRequiredValue(result)));
        return command;
    }

    private static Option<T> Option<T>(string name, T value, string helpName, string description) =>
        new(name) { Description = description, DefaultValueFactory = _ => value, HelpName = helpName };
}
