using System.Globalization;
using Bench.Analysis.Measurements;

namespace Bench.Analysis.Runs;

/// <summary>What a record can say that its format allows and that cannot be: whoever reads a record relies on what
/// is checked here.</summary>
internal static class RecordFaults
{
    /// <summary>Finds what is wrong with the record of a launch.</summary>
    /// <returns>What was found and what was expected; null if it is right.</returns>
    public static string? Of(LaunchRecord record) =>
        OfVersion(record.SchemaVersion)
        ?? (Load.TryParse(record.LoadText ?? string.Empty, null, out _) ? null : $"found the load '{record.LoadText}'; expected a rate.")
        ?? (record.Round < 1 ? Text($"found the round {record.Round}; expected 1 or more.") : null)
        ?? (record.Facts is { } facts && facts.Round != record.Round
            ? Text($"found facts of round {facts.Round}; expected those of round {record.Round}.") : null)
        ?? (record.Session is { } session && (HasHoles(session.Settings.Values) || HasHoles(session.Resolved.Values))
            ? "found null where a setting was expected." : null)
        ?? (record.Outputs is { } share ? Of(share) : null);

    /// <summary>Finds what is wrong with what was found out about a cell.</summary>
    /// <returns>What was found and what was expected; null if it is right.</returns>
    public static string? Of(InspectionRecord record) =>
        OfVersion(record.SchemaVersion) ?? (HasHoles(record.NodesElsewhere) ? "found null where nodes were expected." : null);

    /// <summary>Finds what is wrong with how an open load is measured.</summary>
    /// <returns>What was found and what was expected; null if it is right.</returns>
    public static string? Of(OpenPlan plan) => OfVersion(plan.SchemaVersion)
        ?? (plan is { Cell: null } or { Load: null or { IsClosed: true } }
            ? "found no cell, or a closed load; expected a cell and a rate."
            : null)
        ?? (plan is { SaturationRate: > 0, ServiceMs: > 0, Requests: >= 0, Launches: >= 0, RequestsOfLaunch: >= 0, Seconds: >= 0 }
            && double.IsFinite(plan.SaturationRate) && double.IsFinite(plan.ServiceMs) && double.IsFinite(plan.Seconds)
                ? null
                : "found a number below 0, or one that is not finite; expected times and rates above 0.");

    /// <summary>Finds what is wrong with what a search for the highest rate found.</summary>
    /// <returns>What was found and what was expected; null if it is right.</returns>
    public static string? Of(RateBand band) => OfVersion(band.SchemaVersion)
        ?? (band is { SaturationRate: > 0, Seconds: >= 0, Met: null or > 0, Missed: null or > 0 } && double.IsFinite(band.SaturationRate)
            ? null
            : "found a rate that is not above 0; expected rates above 0.")
        ?? (band.Trials is null || HasHoles(band.Trials) ? "found null where a launch was expected." : null);

    /// <summary>Finds what is wrong with what an engine said.</summary>
    /// <returns>What was found and what was expected; null if it is right.</returns>
    public static string? Of(SpokenRecord record) => HasHoles(record.Complaints) ? "found null where a complaint was expected." : null;

    private static string? Of(OutputShare share)
    {
        var images = share.Images.Count;
        if ((share.Metric is null) != (share.Graded is null) || (share.Metric is null) != (share.MetricName is null
            || share.GradedName is null))
        {
            return "found metrics, graded scores or their names without the others; expected all of them or none.";
        }

        if (new[] { share.Metric, share.Graded, share.Inside }.OfType<IReadOnlyList<double>>().Any(scores => scores.Count != images))
        {
            return Text($"found {images} images with {share.Metric?.Count} metrics, {share.Graded?.Count} graded scores")
                + (share.Inside is { } masks ? Text($" and {masks.Count} masks") : string.Empty) + "; expected one of each for an image.";
        }

        if (share.ByClass is { } classes && (classes.Count != images || classes.Any(one => one is null || one.Count != classes[0]?.Count)))
        {
            return Text($"found classes of {classes.Count} images; expected as many for each of {images}.");
        }

        if (images == 0 || share.Images[0] < 0 || share.Images.Zip(share.Images.Skip(1)).Any(pair => pair.First >= pair.Second))
        {
            return "found images that are none, or not in ascending order; expected numbers from 0, ascending.";
        }

        return (share.Metric ?? []).Concat(share.Graded ?? []).Concat(share.Inside ?? []).All(double.IsFinite)
            ? null
            : "found a score that is not finite; expected finite numbers.";
    }

    private static string? OfVersion(int version) => version == RunManifest.CurrentSchemaVersion
        ? null
        : Text($"found schemaVersion {version}; expected {RunManifest.CurrentSchemaVersion}. Use the Bench that wrote it.");

    private static bool HasHoles<T>(IEnumerable<T> values) => values.Any(value => value is null);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
