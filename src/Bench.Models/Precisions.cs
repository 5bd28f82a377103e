using System.Diagnostics.CodeAnalysis;

namespace Bench.Models;

/// <summary>The precisions that there are.</summary>
public static class Precisions
{
    /// <summary>Every precision, in the order of the matrix.</summary>
    public static readonly IReadOnlyList<Precision> All = [Precision.Fp32, Precision.Tf32, Precision.Bf16, Precision.Fp16, Precision.Int8];

    /// <summary>Those that are measured unless others are named. It does not grow: a run without options stays what it was.</summary>
    public static readonly IReadOnlyList<Precision> Default = [Precision.Fp32, Precision.Fp16];

    /// <summary>The number formats of files, in the order of the matrix.</summary>
    public static readonly IReadOnlyList<string> Files = [.. All.Select(precision => precision.File).Distinct()];

    /// <summary>The precision of a name.</summary>
    /// <param name="id">For example <c>fp16</c>.</param>
    /// <param name="precision">The precision, if there is one of this name.</param>
    /// <returns>Whether there is one.</returns>
    public static bool TryParse(string? id, [NotNullWhen(true)] out Precision? precision)
    {
        precision = All.FirstOrDefault(candidate => candidate.Id == id);
        return precision is not null;
    }
}
