namespace Bench.Analysis.Study;

/// <summary>A change in per cent that follows from printed numbers, and how far their rounding leaves it open.</summary>
/// <param name="Percent">What the printed numbers give.</param>
/// <param name="Low">The smallest that they could stand for.</param>
/// <param name="High">The largest.</param>
internal readonly record struct PrintedChange(double Percent, double Low, double High)
{
    /// <summary>How much more the second is than the first.</summary>
    public static PrintedChange Increase(Printed from, Printed to) =>
        new(100 * ((to.Value / from.Value) - 1), 100 * ((to.Low / from.High) - 1), 100 * ((to.High / from.Low) - 1));

    /// <summary>How much less the second is than the first.</summary>
    public static PrintedChange Decrease(Printed from, Printed to)
    {
        var increase = Increase(from, to);
        return new PrintedChange(-increase.Percent, -increase.High, -increase.Low);
    }

    public static PrintedChange Mean(IReadOnlyCollection<PrintedChange> shares) =>
        new(shares.Average(share => share.Percent), shares.Average(share => share.Low), shares.Average(share => share.High));

    /// <summary>Whether a number of it rounds to a whole one.</summary>
    public bool RoundsTo(double percent) => High >= percent - 0.5 && Low < percent + 0.5;
}
