using System.Text.RegularExpressions;

namespace Bench.Analysis.Comparison;

/// <summary>By what a benchmark of one side is found on the other, from the strictest key to the loosest that still means the
/// same benchmark.</summary>
/// <remarks>
/// A key pairs benchmarks only where it occurs once among what is left of each side. None of them leaves out a parameter, so that a
/// benchmark that was removed is never taken for another one that was added.
/// </remarks>
internal static partial class MatchKeys
{
    /// <summary>Gives the key of a benchmark, or null where it has none of the kind.</summary>
    /// <param name="benchmark">The benchmark.</param>
    /// <param name="siblings">The benchmarks of its side that have the same name, itself among them.</param>
    public delegate string? Key(SideBenchmark benchmark, IReadOnlyList<SideBenchmark> siblings);

    private static readonly bool[] WithAndWithout = [true, false];

    private static readonly Func<SideBenchmark, string?>[] Names = [FullName, QualifiedName, ShortName];

    /// <summary>What benchmarks with one name are told apart by.</summary>
    private static readonly Key[] Jobs =
    [
        (benchmark, _) => benchmark.Job,
        (benchmark, _) => benchmark.Identity is null ? string.Empty : string.Join('\n', benchmark.Identity.Job.Each),
        Distinguishing,
    ];

    /// <summary>The name that groups benchmarks, and the key within the group, in the order in which they are tried.</summary>
    public static IEnumerable<(Func<SideBenchmark, string?> Name, Key Key)> All =>
        from name in Names
        from withCategories in WithAndWithout
        from job in Jobs
        select (name, new Key((benchmark, siblings) => name(benchmark) is { } text
            ? $"{text}\n{(withCategories ? benchmark.Identity?.Categories : null)}\n{job(benchmark, siblings)}"
            : null));

    /// <summary>Whether two benchmarks with the same short name may be the same: a table may lack the namespace,
    /// but not have another one.</summary>
    public static bool MayBeSame(SideBenchmark one, SideBenchmark other)
    {
        var (first, second) = (PlainType(one), PlainType(other));
        return first == second || first.EndsWith("." + second, StringComparison.Ordinal)
            || second.EndsWith("." + first, StringComparison.Ordinal);
    }

    // Full name and parameters together: either may be cut short.
    private static string? FullName(SideBenchmark benchmark) =>
        benchmark.Identity is not { } identity ? benchmark.Name : identity.FullName is { } full ? $"{full}\n{identity.Parameters}" : null;

    private static string? QualifiedName(SideBenchmark benchmark) =>
        benchmark.Identity is { } identity ? $"{PlainType(benchmark)}\n{identity.Method}\n{Sorted(identity.Parameters)}" : null;

    private static string? ShortName(SideBenchmark benchmark) =>
        benchmark.Identity is { } identity
            ? $"{PlainType(benchmark)[(LastDot(PlainType(benchmark)) + 1)..]}\n{identity.Method}\n{Sorted(identity.Parameters)}"
            : null;

    // What all rows of a table share stands above it, so that the order of parameters is lost.
    private static string Sorted(string parameters) => string.Join('&', parameters.Split('&').Order(StringComparer.Ordinal));

    // Names of files have underscores for what a path may not have; type arguments may have dots.
    private static string PlainType(SideBenchmark benchmark) =>
        benchmark.Identity is { } identity ? NotInPaths().Replace(identity.Type, "_") : benchmark.Name;

    private static int LastDot(string plainType)
    {
        var arguments = plainType.IndexOf('_', StringComparison.Ordinal);
        return plainType.LastIndexOf('.', arguments < 0 ? plainType.Length - 1 : arguments);
    }

    /// <summary>What tells a job from the others of its benchmark: what all of them share stands above a table, and a lone
    /// job needs no name.</summary>
    private static string Distinguishing(SideBenchmark benchmark, IReadOnlyList<SideBenchmark> siblings)
    {
        if (benchmark.Identity is not { } identity)
        {
            return string.Empty;
        }

        var jobs = siblings.Select(sibling => sibling.Identity!.Job).Distinct().ToList();
        var shared = jobs.Select(job => job.Each.AsEnumerable())
            .Aggregate((common, next) => common.Intersect(next)).ToHashSet(StringComparer.Ordinal);
        var own = string.Join('\n', identity.Job.Each.Where(text => !shared.Contains(text)));
        return jobs.Count > 1 && own.Length == 0 ? identity.Job.Name : own;
    }

    [GeneratedRegex(@"[^\w.]", RegexOptions.CultureInvariant)]
    private static partial Regex NotInPaths();
}
