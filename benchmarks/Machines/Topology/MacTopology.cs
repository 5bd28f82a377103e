using System.Runtime.InteropServices;
using System.Text;
using Bench.Analysis.Runs;

namespace Bench.Benchmarks.Machines.Topology;

/// <summary>Reads a processor's parts from macOS.</summary>
/// <remarks>
/// https://developer.apple.com/documentation/kernel/1387446-sysctlbyname/determining_system_capabilities: <c>hw.perflevel0</c> is the
/// kind of cores with the highest performance.
/// </remarks>
internal static partial class MacTopology
{
    public static CpuTopology Read() => Read(System);

    /// <param name="value">Asks for a value by name; null if there is none.</param>
    internal static CpuTopology Read(Func<string, byte[]?> value)
    {
        var levels = Enumerable.Range(0, (int)(Number(value("hw.nperflevels")) ?? 0))
            .Select(level => FormattableString.Invariant($"hw.perflevel{level}."))
            .Select(name => (
                Name: Text(value(name + "name")),
                Cores: (int)(Number(value(name + "physicalcpu")) ?? 0),
                L2: Number(value(name + "l2cachesize")) ?? 0,
                CpusPerL2: Number(value(name + "cpusperl2")) ?? 1))
            .ToList();
        var kinds = CpuTopology.Kinds([.. levels.Select(level => (level.Cores, (IReadOnlyList<int>?)null))]);
        // Apple's own processors have a cache for every group of cores; Intel's one for all.
        var caches = Number(value("hw.l3cachesize")) ?? levels.Sum(level => level.L2 * Caches(level.Cores, level.CpusPerL2));
        return new CpuTopology
        {
            CoreKinds = kinds is null ? null : [.. kinds.Zip(levels, Named)],
            ThreadsPerCore = Number(value("hw.physicalcpu")) is { } cores and > 0 ? (int?)(Number(value("hw.logicalcpu")) / cores) : null,
            LastLevelCacheBytes = caches > 0 ? caches : null,
        };
    }

    private static CoreKind Named(CoreKind kind, (string? Name, int Cores, long L2, long CpusPerL2) level) =>
        level.Name is { Length: > 0 } name ? kind with { Kind = name.ToLowerInvariant() } : kind;

    private static long Caches(int cores, long coresOfOne) => (cores + Math.Max(1, coresOfOne) - 1) / Math.Max(1, coresOfOne);

    // Whole numbers have four or eight bytes, least first.
    private static long? Number(byte[]? value) => value?.Length switch
    {
        sizeof(int) => BitConverter.ToInt32(value),
        sizeof(long) => BitConverter.ToInt64(value),
        _ => null,
    };

    private static string? Text(byte[]? value) => value is null ? null : Encoding.UTF8.GetString(value).TrimEnd('\0');

    private static byte[]? System(string name)
    {
        var buffer = new byte[256];
        var length = (nuint)buffer.Length;
        return SysCtlByName(name, buffer, ref length, 0, 0) == 0 ? buffer[..(int)length] : null;
    }

    [LibraryImport("libSystem.dylib", EntryPoint = "sysctlbyname", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SysCtlByName(string name, [Out] byte[] value, ref nuint length, nint newValue, nuint newLength);
}
