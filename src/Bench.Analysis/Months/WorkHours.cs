using System.Globalization;

namespace Bench.Analysis.Months;

/// <summary>When images arrive: so many hours on so many days of a week.</summary>
/// <param name="HoursPerDay">Above 0 and at most 24.</param>
/// <param name="DaysPerWeek">From 1 to 7.</param>
public sealed record WorkHours(double HoursPerDay, int DaysPerWeek)
{
    /// <summary>Hours of a month: a twelfth of 365 days.</summary>
    public const double OfMonth = 730;

    private const double HoursOfDay = 24;
    private const int DaysOfWeek = 7;

    /// <summary>Day and night.</summary>
    public static WorkHours Always { get; } = new(HoursOfDay, DaysOfWeek);

    /// <summary>How many hours of a month they are.</summary>
    public double PerMonth => OfMonth * HoursPerDay / HoursOfDay * DaysPerWeek / DaysOfWeek;

    /// <summary>On how many days of a month there are some.</summary>
    public double DaysPerMonth => OfMonth / HoursOfDay * DaysPerWeek / DaysOfWeek;

    /// <summary>Reads hours × days.</summary>
    /// <param name="text">For example <c>8x5</c>.</param>
    /// <param name="hours">The hours, if it is that.</param>
    /// <returns>Whether it is.</returns>
    public static bool TryParse(string text, out WorkHours hours)
    {
        hours = Always;
        if (text.Split('x', '×') is not [var perDay, var perWeek]
            || !double.TryParse(perDay, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var day)
            || !int.TryParse(perWeek, NumberStyles.None, CultureInfo.InvariantCulture, out var week)
            || !(day > 0 && day <= HoursOfDay && week is >= 1 and <= DaysOfWeek))
        {
            return false;
        }

        hours = new WorkHours(day, week);
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{HoursPerDay:0.##}x{DaysPerWeek}");
}
