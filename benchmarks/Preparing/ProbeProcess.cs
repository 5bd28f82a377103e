using System.Text.Json;
using Bench.Benchmarks.Engines;
using Bench.Benchmarks.Processes;
using Bench.CommandLine;
using Bench.Inference;
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
/// <param name="OrtLibrary">A library of ONNX Runtime that the user built; null if there is none.</param>
internal sealed record ProbeRequest(
    string ModelPath, IReadOnlyList<TensorSpec> Inputs, IReadOnlyDictionary<string, int> BatchAxes, IReadOnlyList<InputSource> Sources,
    int Examples, string? OrtLibrary);

/// <summary>What a probing process answers.</summary>
/// <param name="Failure">Why the network cannot be measured; null if it can.</param>
/// <param name="Result">What was seen; null if it cannot be measured.</param>
internal sealed record ProbeAnswer(string? Failure, ProbeResult? Result);

/// <summary>Runs a network once in a process of its own: an engine may crash on a file that nobody has seen before.</summary>
internal static class ProbeProcess
{
    /// <summary>The name of the hidden command.</summary>
    public const string Verb = "probe-network";

    private const int LinesKept = 5;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    // Between processes of the same build.
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>Starts the process and waits for its answer.</summary>
    /// <param name="request">What to look at.</param>
    public static ProbeAnswer Run(ProbeRequest request)
    {
        var folder = Directory.CreateTempSubdirectory("bench-probe-");
        try
        {
            var (question, answer) = (Path.Combine(folder.FullName, "question.json"), Path.Combine(folder.FullName, "answer.json"));
            File.WriteAllBytes(question, JsonSerializer.SerializeToUtf8Bytes(request, Json));
            var ending = MonitoredProcess.Run(
                SelfProgram.Command(Verb, question, answer),
                new ProcessWatch { Patience = Patience, Limit = Patience, Cancellation = CancellationToken.None, Grace = TimeSpan.Zero });
            return Read(answer) ?? new ProbeAnswer(ending.StoppedBecause is not null
                ? $"{request.ModelPath} did not run once within {Patience.TotalMinutes:0} minutes on ONNX Runtime's CPU provider."
                : $"{request.ModelPath} ended ONNX Runtime's process with exit code {ending.ExitCode}; the last it said: "
                    + string.Join(' ', ending.Output.Concat(ending.Error).TakeLast(LinesKept)), null);
        }
        finally
        {
            TemporaryFiles.TryDelete(folder);
        }
    }

    /// <summary>What the process does.</summary>
    /// <param name="question">The file with the request.</param>
    /// <param name="answer">Where the answer goes.</param>
    public static int Answer(string question, string answer)
    {
        ChildProcess.EndWithParent();
        var request = JsonSerializer.Deserialize<ProbeRequest>(File.ReadAllBytes(question), Json)!;
        ProbeAnswer found;
        try
        {
            found = new ProbeAnswer(null, NetworkProbe.Run(
                request.ModelPath, request.Inputs, request.BatchAxes, Examples(request), EngineTrial.Runtimes(request.OrtLibrary)));
        }
        catch (Exception e) when (e is InferenceException or DllNotFoundException or OutOfMemoryException or OverflowException)
        {
            found = new ProbeAnswer(e.Message, null);
        }

        File.WriteAllBytes(answer, JsonSerializer.SerializeToUtf8Bytes(found, Json));
        return ExitCodes.Success;
    }

    private static List<IReadOnlyList<byte[]>> Examples(ProbeRequest request)
    {
        var readers = request.Sources.Zip(request.Inputs, InputReader.Open).ToList();
        try
        {
            return [.. Enumerable.Range(0, request.Examples)
                .Select(example => (IReadOnlyList<byte[]>)[.. readers.Select(reader => reader.Read(example))])];
        }
        finally
        {
            readers.ForEach(reader => reader.Dispose());
        }
    }

    private static ProbeAnswer? Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<ProbeAnswer>(File.ReadAllBytes(path), Json);
        }
        catch (Exception e) when (e is IOException or JsonException)
        {
            return null;
        }
    }
}
