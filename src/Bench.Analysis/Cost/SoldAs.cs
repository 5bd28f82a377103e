namespace Bench.Analysis.Cost;

/// <summary>What is really sold where a price is a part of it: eight graphics processors at a time, or a machine with more cores than a
/// cell used.</summary>
/// <param name="Provider">Who sells it.</param>
/// <param name="Instance">What it is called there.</param>
/// <param name="UsdPerHour">USD for an hour of the whole, above 0.</param>
/// <param name="Holds">How many of the priced things it holds: 8 graphics processors, or 4 machines of 2 vCPU; below 1 where it takes
/// several of it for one.</param>
public sealed record SoldAs(string Provider, string Instance, double UsdPerHour, double Holds)
{
    // Prices by the vCPU are products of shares.
    private const double RoundOff = 1e-9;

    /// <summary>How many whole ones it holds: of three cores of eight no more than two; below 1 as it is.</summary>
    public double Whole => Holds >= 1 ? Math.Floor(Holds + RoundOff) : Holds;

    /// <summary>How many of it hold so many of the priced things.</summary>
    /// <param name="machines">How many are needed; 1 or more.</param>
    public int CountFor(int machines) => (int)Math.Ceiling((machines / Whole) - RoundOff);
}
