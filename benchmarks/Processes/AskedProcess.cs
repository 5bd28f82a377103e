using System.Text.Json;
using Bench.CommandLine;
using Bench.Inference;

namespace Bench.Benchmarks.Processes;

/// <summary>Has a process of Bench's own answer one question about a network: an engine may crash on a file that nobody has seen before.
/// </summary>
internal static class AskedProcess
{
    private const int LinesKept = 5;

    // Between processes of the same build.
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>Starts the process and waits for its answer.</summary>
    /// <param name="verb">The hidden command.</param>
    /// <param name="question">What is asked.</param>
    /// <param name="patience">How long it may take.</param>
    /// <param name="ending">How the process ended.</param>
    /// <returns>The answer; null if there is none.</returns>
    public static TAnswer? Ask<TQuestion, TAnswer>(string verb, TQuestion question, TimeSpan patience, out ProcessEnding ending)
        where TAnswer : class
    {
        var folder = Directory.CreateTempSubdirectory("bench-probe-");
        try
        {
            var (asked, answer) = (Path.Combine(folder.FullName, "question.json"), Path.Combine(folder.FullName, "answer.json"));
            File.WriteAllBytes(asked, JsonSerializer.SerializeToUtf8Bytes(question, Json));
            ending = MonitoredProcess.Run(
                SelfProgram.Untimed(verb, asked, answer),
                new ProcessWatch { Patience = patience, Limit = patience, Cancellation = CancellationToken.None, Grace = TimeSpan.Zero });
            return Read<TAnswer>(answer);
        }
        finally
        {
            TemporaryFiles.TryDelete(folder);
        }
    }

    /// <summary>What a process that ended without an answer said last.</summary>
    /// <param name="path">The network.</param>
    /// <param name="ending">How it ended.</param>
    public static string LastWords(string path, ProcessEnding ending) =>
        $"{path} ended ONNX Runtime's process with exit code {ending.ExitCode}; the last it said: "
            + string.Join(' ', ending.Output.Concat(ending.Error).TakeLast(LinesKept));

    /// <summary>What the process does.</summary>
    /// <param name="question">The file with what is asked.</param>
    /// <param name="answer">Where the answer goes.</param>
    /// <param name="find">Finds the answer.</param>
    /// <param name="failed">The answer where the engine failed.</param>
    /// <returns>The exit code.</returns>
    public static int Answer<TQuestion, TAnswer>(
        string question, string answer, Func<TQuestion, TAnswer> find, Func<string, TAnswer> failed)
    {
        ChildProcess.EndWithParent();
        var asked = JsonSerializer.Deserialize<TQuestion>(File.ReadAllBytes(question), Json)!;
        TAnswer found;
        try
        {
            found = find(asked);
        }
        catch (Exception e) when (e is InferenceException or DllNotFoundException or OutOfMemoryException or OverflowException)
        {
            found = failed(e.Message);
        }

        File.WriteAllBytes(answer, JsonSerializer.SerializeToUtf8Bytes(found, Json));
        return ExitCodes.Success;
    }

    private static TAnswer? Read<TAnswer>(string path)
        where TAnswer : class
    {
        try
        {
            return JsonSerializer.Deserialize<TAnswer>(File.ReadAllBytes(path), Json);
        }
        catch (Exception e) when (e is IOException or JsonException)
        {
            return null;
        }
    }
}
