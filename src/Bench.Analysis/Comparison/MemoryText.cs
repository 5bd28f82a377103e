using Bench.Analysis.Exports;
using Bench.Analysis.Rendering;

namespace Bench.Analysis.Comparison;

/// <summary>How allocated bytes and collections stand in tables.</summary>
internal static class MemoryText
{
    /// <summary>Bytes on both sides: whole ones, and how far a table's rounding may be off.</summary>
    public static string Bytes(this MemoryComparison memory)
    {
        var (before, now) = (memory.Base?.Allocated, memory.Current?.Allocated);
        var change = before?.Bytes == now?.Bytes
            ? string.Empty
            : $" ({Figures.Text((now?.Bytes ?? 0) - (before?.Bytes ?? 0), "+#,0;−#,0")})";
        return before is null || now is null ? $"{WithUnit(before)} → {WithUnit(now)}" : $"{Bytes(before)} → {Bytes(now)} B{change}";
    }

    /// <summary>Collections of the generations in 1000 operations, on both sides.</summary>
    public static string Collections(this MemoryComparison memory) => $"{Collections(memory.Base)} → {Collections(memory.Current)}";

    private static string WithUnit(AllocatedBytes? bytes) => bytes is null ? Figures.None : Bytes(bytes) + " B";

    private static string Bytes(AllocatedBytes bytes) => bytes.Rounding > 0
        ? $"{Figures.Text(bytes.Bytes, "#,0")} ± {Figures.Text(bytes.Rounding, "#,0.#")}"
        : Figures.Text(bytes.Bytes, "#,0");

    private static string Collections(ExportedMemory? memory) => memory is null ? Figures.None
        : string.Join(" / ", new[] { memory.Gen0, memory.Gen1, memory.Gen2 }.Select(Count));

    private static string Count(double? count) => count is { } number ? number == 0 ? "0" : Figures.Text(number, "0.000") : Figures.None;
}
