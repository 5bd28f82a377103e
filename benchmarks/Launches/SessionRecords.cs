using System.Globalization;
using Bench.Analysis.Runs;
using Bench.Benchmarks.Machines;

namespace Bench.Benchmarks.Launches;

/// <summary>What is recorded of the sessions of a launch.</summary>
internal static class SessionRecords
{
    /// <summary>What the first session says, and how many there are.</summary>
    public static SessionRecord Of(LaunchStreams streams)
    {
        var facts = streams.Facts;
        var resolved = new Dictionary<string, string>(facts.Resolved);
        if (streams.All.Count > 1)
        {
            resolved["sessions"] = streams.Sessions.ToString(CultureInfo.InvariantCulture);
        }

        return new SessionRecord
        {
            Version = facts.Version,
            Device = facts.Device,
            IsSoftwareDevice = facts.IsSoftwareDevice,
            Settings = facts.Settings,
            Resolved = resolved,
            EngineSha256 = facts.EngineSha256,
            PciBusId = facts.PciBusId,
            Uuid = facts.Uuid,
            Luid = facts.Luid,
            CompatibilityLayer = CompatibilityLayer.Name,
        };
    }
}
