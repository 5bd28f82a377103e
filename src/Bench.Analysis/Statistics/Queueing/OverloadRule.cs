namespace Bench.Analysis.Statistics.Queueing;

/// <summary>When launches in which more came in than could be answered show that this is so at their rate.</summary>
public static class OverloadRule
{
    // A machine may stand still for a while; twice is no accident.
    private const int Launches = 2;

    /// <summary>Judges them: beyond saturation one launch shows it, below it two do.</summary>
    /// <param name="overloaded">How many launches at that rate, or at lower ones, were overloaded; 0 or more.</param>
    /// <param name="utilisation">The rate as a share of the highest that can be answered for long; 0 or more.</param>
    /// <returns>Whether every limit is shown to be missed in the long run.</returns>
    public static bool IsShown(int overloaded, double utilisation) => overloaded >= (utilisation >= 1 ? 1 : Launches);
}
