using System.Diagnostics.CodeAnalysis;

namespace Bench.Models.Quantization;

/// <summary>What of the numbers that a value takes its range is made of.</summary>
public enum CalibrationMethod
{
    /// <summary>From the smallest number to the largest.</summary>
    MinMax,

    /// <summary>Without 0.0005 % of the numbers at either end: 99.999 % are within.</summary>
    Percentile,

    /// <summary>As wide as loses the least information: Migacz, 8-bit inference with TensorRT, GTC 2017, talk S7310.</summary>
    Entropy,
}

/// <summary>What methods are called in cards and options.</summary>
public static class CalibrationMethods
{
    /// <summary>All names.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Enum.GetValues<CalibrationMethod>().Select(Name)];

    /// <summary>The name of a method.</summary>
    /// <param name="method">The method.</param>
    public static string Name(this CalibrationMethod method) => method.ToString().ToLowerInvariant();

    /// <summary>The method of a name.</summary>
    /// <param name="name">For example <c>minmax</c>.</param>
    /// <param name="method">The method, if there is one of this name.</param>
    /// <returns>Whether there is one.</returns>
    public static bool TryParse(string? name, [NotNullWhen(true)] out CalibrationMethod? method)
    {
        method = Enum.GetValues<CalibrationMethod>().Cast<CalibrationMethod?>().FirstOrDefault(known => known!.Value.Name() == name);
        return method is not null;
    }
}
