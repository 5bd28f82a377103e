using System.Globalization;

namespace Bench.Analysis.Measurements;

/// <summary>What units of time are worth. Everything here is in milliseconds; others stand in files alone.</summary>
internal static class TimeUnits
{
    /// <summary>Nanoseconds in a millisecond.</summary>
    public const double NsPerMs = 1e6;

    /// <summary>A time for a file in ns: 15 digits, so that 1000.5 ns are read and written as such.</summary>
    /// <param name="ms">The time in ms.</param>
    public static double Ns(double ms) =>
        double.Parse((ms * NsPerMs).ToString("G15", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
