using System.Globalization;
using Bench.Analysis.Runs;

namespace Bench.Benchmarks.Machines;

/// <summary>Measures, over a period, how often the quota of a control group stopped this process.</summary>
/// <remarks>A group around the process's own stops it too, so all are read, and the one that stopped it most counts.</remarks>
internal sealed class ThrottleMeter
{
    private readonly KernelFiles _files;
    private readonly List<(ControlGroup Group, Counts Start)> _groups;

    private ThrottleMeter(KernelFiles files)
    {
        _files = files;
        _groups =
        [
            .. from member in ControlGroups.Of(files, "cpu")
               let counts = Read(files, member)
               where counts is not null
               select (member, counts.Value),
        ];
    }

    /// <param name="files">The kernel's files.</param>
    public static ThrottleMeter Start(KernelFiles files) => new(files);

    /// <returns>The difference since the start; null where it cannot be told.</returns>
    public QuotaThrottling? Stop() => _groups
        .Select(group => (group.Start, End: Read(_files, group.Group)))
        .Where(counts => counts.End is not null)
        .Select(counts => new QuotaThrottling(
            Math.Max(0, counts.End!.Value.Periods - counts.Start.Periods),
            Math.Max(0, counts.End.Value.Milliseconds - counts.Start.Milliseconds)))
        .MaxBy(throttling => (throttling.ThrottledMs, throttling.ThrottledPeriods));

    private static Counts? Read(KernelFiles files, ControlGroup group)
    {
        var fields = files.Lines(Path.Combine(group.Folder, "cpu.stat")).Select(line => line.Split(' '))
            .Where(fields => fields.Length == 2).ToLookup(fields => fields[0], fields => fields[1]);
        // Microseconds in version 2, nanoseconds in version 1.
        var (name, perMillisecond) = group.Version == 2 ? ("throttled_usec", 1e3) : ("throttled_time", 1e6);
        return Number(fields["nr_throttled"]) is { } periods && Number(fields[name]) is { } time
            ? new Counts(periods, time / perMillisecond)
            : null;
    }

    private static long? Number(IEnumerable<string> texts) =>
        long.TryParse(texts.FirstOrDefault(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private readonly record struct Counts(long Periods, double Milliseconds);
}
