namespace Bench.Models;

/// <summary>The number format that a network computes in.</summary>
public enum Precision
{
    /// <summary>IEEE 754 binary32.</summary>
    Fp32,

    /// <summary>IEEE 754 binary16, with binary32 at input and output.</summary>
    Fp16,
}

/// <summary>What precisions are called in cell ids, options and files.</summary>
public static class Precisions
{
    /// <summary>Every precision, in the order of the matrix.</summary>
    public static readonly IReadOnlyList<Precision> All = [Precision.Fp32, Precision.Fp16];

    /// <summary>The name of a precision.</summary>
    /// <param name="precision">The precision.</param>
    /// <returns><c>fp32</c> or <c>fp16</c>.</returns>
    public static string Id(this Precision precision) => precision switch
    {
        Precision.Fp32 => "fp32",
        Precision.Fp16 => "fp16",
        _ => throw new ArgumentOutOfRangeException(nameof(precision), precision, null),
    };

    /// <summary>The precision of a name.</summary>
    /// <param name="id">For example <c>fp16</c>.</param>
    /// <param name="precision">The precision, if there is one of this name.</param>
    /// <returns>Whether there is one.</returns>
    public static bool TryParse(string id, out Precision precision)
    {
        foreach (var candidate in All)
        {
            if (candidate.Id() == id)
            {
                precision = candidate;
                return true;
            }
        }

        precision = default;
        return false;
    }
}
