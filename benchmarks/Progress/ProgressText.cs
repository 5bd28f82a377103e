using System.Globalization;

namespace Bench.Benchmarks.Progress;

/// <summary>How progress is worded.</summary>
internal static class ProgressText
{
    private const int LongestReason = 160;

    public static string Left(TimeSpan? left) => left is not { } time
        ? string.Empty
        : time.ToString(time.TotalHours >= 1 ? @"h\:mm\:ss" : @"m\:ss", CultureInfo.InvariantCulture) + " left";

    public static string Ms(double? ms) =>
        ms is { } value ? value.ToString(value >= 100 ? "0.0" : value >= 1 ? "0.00" : "0.0000", CultureInfo.InvariantCulture) + " ms" : "–";

    public static string Outcome(EndedLaunch launch) => launch.Failure is { } failure ? "failed: " + Short(failure) : Ms(launch.MeanMs);

    public static string Complaints(RunState state) => state.Complaints.Lines == 0
        ? string.Empty
        : string.Create(CultureInfo.InvariantCulture,
            $"{state.Complaints.Lines} lines of {state.Complaints.Kinds} kinds on standard error; run.json has each kind once");

    public static string Short(string reason) =>
        reason.ReplaceLineEndings(" ") is var line && line.Length > LongestReason ? line[..LongestReason] + "…" : line;
}
