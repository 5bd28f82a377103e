using System.Globalization;
using Bench.Analysis.Input;

namespace Bench.Analysis.Fleets;

/// <summary>What was done for a piece of work.</summary>
/// <param name="Path">Its folder.</param>
public sealed record UnitFolder(string Path)
{
    private const string ClaimStart = "claim-";
    private const string AttemptStart = "attempt-";
    private const string AttemptEnding = ".json";

    /// <summary>The id that the folder's name is.</summary>
    public string Id => System.IO.Path.GetFileName(Path);

    /// <summary>The folder of the finished run: it stands there only when it is whole.</summary>
    public string Run => System.IO.Path.Combine(Path, "run");

    /// <summary>Whether it is done.</summary>
    public bool IsDone => Directory.Exists(Run);

    /// <summary>The folder that says who makes an attempt.</summary>
    /// <param name="attempt">Its number, from 1.</param>
    public string ClaimOf(int attempt) => System.IO.Path.Combine(Path, FormattableString.Invariant($"{ClaimStart}{attempt}"));

    /// <summary>Where an attempt measures.</summary>
    /// <param name="attempt">Its number, from 1.</param>
    public string WorkOf(int attempt) => System.IO.Path.Combine(Path, FormattableString.Invariant($"work-{attempt}"));

    /// <summary>Where an attempt keeps what it derives of networks.</summary>
    /// <param name="attempt">Its number, from 1.</param>
    public string CacheOf(int attempt) => System.IO.Path.Combine(Path, FormattableString.Invariant($"cache-{attempt}"));

    /// <summary>What an attempt left.</summary>
    /// <param name="attempt">Its number, from 1.</param>
    public string AttemptOf(int attempt) =>
        System.IO.Path.Combine(Path, FormattableString.Invariant($"{AttemptStart}{attempt}{AttemptEnding}"));

    /// <summary>The number of the newest attempt that somebody took; 0 if nobody did.</summary>
    public int LastClaim() => Numbers(Directory.GetDirectories, ClaimStart, string.Empty).DefaultIfEmpty(0).Max();

    /// <summary>All attempts that left something, in their order. A worker that was killed at once may have left nothing.</summary>
    /// <exception cref="RunFormatException">One is damaged.</exception>
    public IReadOnlyList<FleetAttempt> Attempts() => [.. Numbers(Directory.GetFiles, AttemptStart, AttemptEnding).Order()
        .Select(number => FleetAttempt.Read(AttemptOf(number)))];

    private IEnumerable<int> Numbers(Func<string, string[]> list, string start, string ending) => !Directory.Exists(Path) ? []
        : list(Path).Select(path => System.IO.Path.GetFileName(path))
            .Where(name => name.StartsWith(start, StringComparison.Ordinal) && name.EndsWith(ending, StringComparison.Ordinal))
            .Select(name => name[start.Length..^ending.Length])
            .Select(text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0)
            .Where(number => number > 0);
}
