using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Bench.Analysis.Measurements;

namespace Bench.Analysis.Runs;

/// <summary>One launch of a measurement, and the name that its files have under <c>launches/</c>.</summary>
/// <param name="Measurement">What is measured.</param>
/// <param name="Round">The round, from 1.</param>
public sealed record LaunchName(MeasurementId Measurement, int Round)
{
    // File names have at most 255 bytes, and endings follow.
    private const int LongestPlain = 160;

    /// <summary>The cell.</summary>
    public CellId Cell => Measurement.Cell;

    /// <summary>The name: the cell with underscores for slashes, the load, and the round.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Short(Of(Measurement))}_r{Round}");

    /// <summary>The name of what is recorded once for a measurement, rather than in each launch.</summary>
    /// <param name="measurement">What is measured.</param>
    internal static string Inspection(MeasurementId measurement) => $"{Short(Of(measurement))}_inspection";

    /// <summary>The name of how an open load is measured.</summary>
    /// <param name="measurement">What is measured.</param>
    internal static string OpenPlan(MeasurementId measurement) => $"{Short(Of(measurement))}_open";

    /// <summary>The name of what a search for the highest rate found.</summary>
    /// <param name="cell">The cell.</param>
    internal static string Band(CellId cell) => $"{Short(Of(new MeasurementId(cell, Load.Closed)))}_band";

    private static string Of(MeasurementId measurement) => $"{measurement.Cell.FileName}{measurement.Load}";

    // Many file systems take capitals for small letters, and values of knobs may differ in nothing else.
    private static string Short(string name) => name.Length <= LongestPlain && !name.Any(char.IsAsciiLetterUpper)
        ? name
        : $"{name[..Math.Min(name.Length, LongestPlain - 17)]}-"
            + $"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..16]}";
}
