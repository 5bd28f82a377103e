using System.Text;
using System.Text.Json;
using Bench.Analysis.Input;
using Bench.Analysis.Json;
using Bench.Analysis.Runs;

namespace Bench.Analysis.Fleets;

/// <summary>An attempt of a worker: <c>attempt-K.json</c>. It is written when the attempt begins, when all is measured, and when it ends:
/// one that was killed has no end.</summary>
/// <remarks>The schema is <c>src/Bench.Analysis/Fleets/attempt.schema.json</c>.</remarks>
public sealed record FleetAttempt
{
    private const long MaximumBytes = 64L << 20;

    /// <summary>Its number, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>The id of the piece of work.</summary>
    public required string Unit { get; init; }

    /// <summary>The name of the node.</summary>
    public required string Node { get; init; }

    /// <summary>The number of the process on that node.</summary>
    public required int Process { get; init; }

    /// <summary>The digest of the program that measured.</summary>
    public required string Program { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset StartedUtc { get; init; }

    /// <summary>When it ended; null while it goes on, and for good if it was killed.</summary>
    public DateTimeOffset? EndedUtc { get; init; }

    /// <summary>The exit code; null as for <see cref="EndedUtc"/>.</summary>
    public int? ExitCode { get; init; }

    /// <summary>Why it measured nothing; null if it did, or while it goes on.</summary>
    public string? Why { get; init; }

    /// <summary>SHA-256 of all files of the run by their names, before the run was moved into place; null if it came to none.</summary>
    public IReadOnlyDictionary<string, string>? Files { get; init; }

    /// <summary>Reads it.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="RunFormatException">It is damaged.</exception>
    public static FleetAttempt Read(string path) => InputFile.Read(
        path,
        MaximumBytes,
        length => $"found {length >> 20} MiB; expected at most {MaximumBytes >> 20}: what an attempt of a worker left.",
        () => Parse(File.ReadAllBytes(path), path));

    /// <summary>Writes it.</summary>
    /// <param name="folder">The folder of the piece of work.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Write(UnitFolder folder) => AtomicFile.Write(folder.AttemptOf(Number), Encoding.UTF8.GetBytes(
        JsonSerializer.Serialize(this, FleetJson.Options).ReplaceLineEndings("\n") + "\n"));

    /// <summary>Reads the contents of a file.</summary>
    /// <exception cref="RunFormatException">They are damaged.</exception>
    internal static FleetAttempt Parse(ReadOnlySpan<byte> text, string path)
    {
        try
        {
            var attempt = JsonSerializer.Deserialize<FleetAttempt>(text, FleetJson.Options);
            return attempt is null || attempt.Files?.Values.Any(digest => digest is null) == true
                ? throw new RunFormatException(path, "found null; expected what an attempt of a worker left.")
                : attempt;
        }
        catch (JsonException e)
        {
            throw new RunFormatException(path, $"the file is damaged or truncated: {JsonFault.Of(e)}", e);
        }
    }
}
