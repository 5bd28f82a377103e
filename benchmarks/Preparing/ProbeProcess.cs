using Bench.Benchmarks.Engines;
using Bench.Benchmarks.Processes;
using Bench.Inference.OnnxRuntime.Probing;
using Bench.Models.Inputs;
using Bench.Models.Signatures;

namespace Bench.Benchmarks.Preparing;

/// <summary>What a probing process is asked to look at.</summary>
/// <param name="ModelPath">The ONNX file.</param>
/// <param name="Inputs">What goes in.</param>
/// <param name="BatchAxes">For each input that may have a batch of any length: on which axis.</param>
/// <param name="Sources">Where the numbers come from.</param>
/// <param name="Examples">How many examples are tried.</param>
/// <param name="Libraries">Libraries that the user named.</param>
internal sealed record ProbeRequest(
    string ModelPath, IReadOnlyList<TensorSpec> Inputs, IReadOnlyDictionary<string, int> BatchAxes, IReadOnlyList<InputSource> Sources,
    int Examples, EngineLibraries Libraries);

/// <summary>What a probing process answers.</summary>
/// <param name="Failure">Why the network cannot be measured; null if it can.</param>
/// <param name="Result">What was seen; null if it cannot be measured.</param>
internal sealed record ProbeAnswer(string? Failure, ProbeResult? Result);

/// <summary>Runs a network once in a process of its own: an engine may crash on a file that nobody has seen before.</summary>
internal static class ProbeProcess
{
    /// <summary>The name of the hidden command.</summary>
    public const string Verb = "probe-network";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>Starts the process and waits for its answer.</summary>
    /// <param name="request">What to look at.</param>
    public static ProbeAnswer Run(ProbeRequest request) =>
        AskedProcess.Ask<ProbeRequest, ProbeAnswer>(Verb, request, Patience, out var ending) ?? new ProbeAnswer(
            ending.StoppedBecause is not null
                ? $"{request.ModelPath} did not run once within {Patience.TotalMinutes:0} minutes on ONNX Runtime's CPU provider."
                : AskedProcess.LastWords(request.ModelPath, ending), null);

    /// <summary>What the process does.</summary>
    /// <param name="question">The file with the request.</param>
    /// <param name="answer">Where the answer goes.</param>
    public static int Answer(string question, string answer) => AskedProcess.Answer<ProbeRequest, ProbeAnswer>(
        question, answer, Look, failure => new ProbeAnswer(failure, null));

    private static ProbeAnswer Look(ProbeRequest request) => new(null, NetworkProbe.Run(
        request.ModelPath, request.Inputs, request.BatchAxes, Examples(request), request.Libraries.Runtimes()));

    private static List<IReadOnlyList<byte[]>> Examples(ProbeRequest request)
    {
        using var reader = new ExampleReader(request.Sources, request.Inputs);
        return [.. Enumerable.Range(0, request.Examples).Select(reader.Read)];
    }
}
