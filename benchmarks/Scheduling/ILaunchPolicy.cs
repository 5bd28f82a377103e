using Bench.Analysis.Runs;

namespace Bench.Benchmarks.Scheduling;

/// <summary>Decides which launch comes next, and when there are enough.</summary>
internal interface ILaunchPolicy
{
    /// <summary>How many launches there will be, as far as is known now.</summary>
    /// <param name="history">What has been measured.</param>
    int Expected(LaunchHistory history);

    /// <summary>The launches, in their order. Each is asked for when the one before it has ended, so that what it found
    /// can be heeded.</summary>
    /// <param name="history">What has been measured; it grows meanwhile.</param>
    IEnumerable<LaunchName> Launches(LaunchHistory history);
}
