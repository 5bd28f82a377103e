namespace Bench.Analysis.Cost;

/// <summary>A machine of one's own, and what an hour of its work costs.</summary>
/// <remarks>
/// USD per hour of work = purchase price / (years × 8,760 h × utilisation) + watts / 1,000 × USD per kWh. The purchase is spread over the
/// hours in which the machine works; energy is that of those hours. Idle draw, room, network and staff are not in it: put them into the
/// purchase price if they matter.
/// </remarks>
/// <param name="PurchaseUsd">What the machine costs in USD; above 0.</param>
/// <param name="Years">After how many years it is written off; above 0.</param>
/// <param name="Watts">What it draws while it works, in W; at least 0.</param>
/// <param name="UsdPerKWh">What a kWh costs in USD; at least 0.</param>
/// <param name="Utilisation">The share of all hours in which it works, in (0, 1].</param>
public sealed record OnPremise(double PurchaseUsd, double Years, double Watts, double UsdPerKWh, double Utilisation)
{
    private const double HoursPerYear = 8760;
    private const double MonthsPerYear = 12;
    private const double WattsPerKilowatt = 1000;

    /// <summary>USD for an hour in which the machine works.</summary>
    public double UsdPerHour => (PurchaseUsd / (Years * HoursPerYear * Utilisation)) + UsdOfEnergyPerHour;

    /// <summary>USD of energy for an hour in which the machine works.</summary>
    public double UsdOfEnergyPerHour => Watts / WattsPerKilowatt * UsdPerKWh;

    /// <summary>USD for a month of owning it, whether it works or not.</summary>
    public double UsdOfOwningPerMonth => PurchaseUsd / (Years * MonthsPerYear);
}
