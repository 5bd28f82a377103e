using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using Bench.Analysis.Runs;

namespace Bench.Benchmarks.Machines.Topology;

/// <summary>Reads a processor's parts from Windows.</summary>
/// <remarks>
/// https://learn.microsoft.com/windows/win32/api/sysinfoapi/nf-sysinfoapi-getlogicalprocessorinformationex, and there
/// PROCESSOR_RELATIONSHIP and CACHE_RELATIONSHIP, whose places of fields are those of 64-bit Windows.
/// </remarks>
internal static partial class WindowsTopology
{
    private const int AllRelations = 0xffff;
    private const int Core = 0;
    private const int Cache = 2;
    private const int InstructionCache = 1;

    // Logical processors of a group: those of a second group follow at 64.
    private const int GroupSize = 64;
    private const int AffinityLength = 16;

    public static CpuTopology Read()
    {
        uint length = 0;
        _ = GetLogicalProcessorInformationEx(AllRelations, null, ref length);
        var buffer = new byte[length];
        return GetLogicalProcessorInformationEx(AllRelations, buffer, ref length)
            ? Parse(buffer.AsSpan(0, (int)length))
            : new CpuTopology();
    }

    internal static CpuTopology Parse(ReadOnlySpan<byte> records)
    {
        var cores = new List<(byte Class, List<int> Cpus)>();
        var caches = new List<(byte Level, long Bytes)>();
        while (records.Length >= 8)
        {
            var size = BinaryPrimitives.ReadInt32LittleEndian(records[4..]);
            if (size < 8 || size > records.Length)
            {
                break;
            }

            var record = records[..size];
            records = records[size..];
            switch (BinaryPrimitives.ReadInt32LittleEndian(record))
            {
                case Core when size >= 32:
                    cores.Add((record[9], Processors(record[32..], BinaryPrimitives.ReadUInt16LittleEndian(record[30..]))));
                    break;
                case Cache when size >= 20 && BinaryPrimitives.ReadInt32LittleEndian(record[16..]) != InstructionCache:
                    caches.Add((record[8], BinaryPrimitives.ReadUInt32LittleEndian(record[12..])));
                    break;
            }
        }

        return new CpuTopology
        {
            CoreKinds = Kinds(cores),
            ThreadsPerCore = cores.Count > 0 ? cores.Max(core => core.Cpus.Count) : null,
            LastLevelCacheBytes = caches.GroupBy(cache => cache.Level).MaxBy(level => level.Key)?.Sum(cache => cache.Bytes),
        };
    }

    // A higher efficiency class means more performance, and less efficiency.
    private static IReadOnlyList<CoreKind>? Kinds(List<(byte Class, List<int> Cpus)> cores) => CpuTopology.Kinds(
    [
        .. cores.GroupBy(core => core.Class).OrderByDescending(kind => kind.Key)
            .Select(kind => (kind.Count(), (IReadOnlyList<int>?)kind.SelectMany(core => core.Cpus).ToList())),
    ]);

    private static List<int> Processors(ReadOnlySpan<byte> affinities, int count)
    {
        var cpus = new List<int>();
        for (; count > 0 && affinities.Length >= AffinityLength; count--, affinities = affinities[AffinityLength..])
        {
            var group = BinaryPrimitives.ReadUInt16LittleEndian(affinities[8..]);
            for (var mask = BinaryPrimitives.ReadUInt64LittleEndian(affinities); mask != 0; mask &= mask - 1)
            {
                cpus.Add((group * GroupSize) + BitOperations.TrailingZeroCount(mask));
            }
        }

        return cpus;
    }

    [LibraryImport("kernel32.dll", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool GetLogicalProcessorInformationEx(int relation, [Out] byte[]? buffer, ref uint length);
}
