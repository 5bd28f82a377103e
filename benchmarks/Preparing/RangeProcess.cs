using Bench.Benchmarks.Engines;
using Bench.Benchmarks.Processes;
using Bench.Inference.OnnxRuntime.Probing;
using Bench.Models.Inputs;
using Bench.Models.Quantization;
using Bench.Models.Signatures;

namespace Bench.Benchmarks.Preparing;

/// <summary>What a process that reads ranges is asked.</summary>
/// <param name="ModelPath">The file of a watched network.</param>
/// <param name="Inputs">What goes in.</param>
/// <param name="Sources">Where the numbers come from.</param>
/// <param name="Count">How many images are gone through.</param>
/// <param name="Watched">The values that are read.</param>
/// <param name="Method">What ranges are made of.</param>
/// <param name="Libraries">Libraries that the user named.</param>
internal sealed record RangeRequest(
    string ModelPath, IReadOnlyList<TensorSpec> Inputs, IReadOnlyList<InputSource> Sources, int Count, IReadOnlyList<string> Watched,
    CalibrationMethod Method, EngineLibraries Libraries);

/// <summary>What such a process answers.</summary>
/// <param name="Failure">Why there are no ranges; null if there are.</param>
/// <param name="Engine">What computed the values.</param>
/// <param name="Ranges">The range of each value, in the order of the request; none if there are none.</param>
internal sealed record RangeAnswer(string? Failure, string Engine, IReadOnlyList<RangeOfValue> Ranges);

/// <summary>The range of a value.</summary>
internal sealed record RangeOfValue(string Name, double Min, double Max);

/// <summary>Reads the ranges of a network's values in a process of its own.</summary>
internal static class RangeProcess
{
    /// <summary>The name of the hidden command.</summary>
    public const string Verb = "read-ranges";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(60);

    /// <summary>Starts the process and waits for its answer.</summary>
    /// <param name="request">What is asked.</param>
    public static RangeAnswer Run(RangeRequest request) =>
        AskedProcess.Ask<RangeRequest, RangeAnswer>(Verb, request, Patience, out var ending) ?? Failed(ending.StoppedBecause is not null
            ? $"the ranges of {request.ModelPath} were not read within {Patience.TotalMinutes:0} minutes; "
                + "take fewer images (calibration.count in the model card)."
            : AskedProcess.LastWords(request.ModelPath, ending));

    /// <summary>What the process does.</summary>
    /// <param name="question">The file with the request.</param>
    /// <param name="answer">Where the answer goes.</param>
    public static int Answer(string question, string answer) =>
        AskedProcess.Answer<RangeRequest, RangeAnswer>(question, answer, Read, Failed);

    private static RangeAnswer Failed(string failure) => new(failure, string.Empty, []);

    private static RangeAnswer Read(RangeRequest request)
    {
        using var examples = new ExampleReader(request.Sources, request.Inputs);
        var (ranges, engine) = RangeProbe.Read(
            request.ModelPath, request.Inputs, request.Watched, examples, request.Count, request.Method,
            request.Libraries.Runtimes());
        return new RangeAnswer(
            null, engine, [.. request.Watched.Select(name => new RangeOfValue(name, ranges[name].Min, ranges[name].Max))]);
    }
}
