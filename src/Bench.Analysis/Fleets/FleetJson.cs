using System.Text.Encodings.Web;
using System.Text.Json;
using Bench.Analysis.Runs;

namespace Bench.Analysis.Fleets;

/// <summary>How files of a fleet are written: as those of runs, with quotes and ampersands as people write them. None of it comes into a
/// page of HTML.</summary>
internal static class FleetJson
{
    public static readonly JsonSerializerOptions Options = new(RunJson.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The same in one line.</summary>
    public static readonly JsonSerializerOptions Compact = new(Options) { WriteIndented = false };
}
