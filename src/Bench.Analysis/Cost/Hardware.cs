using System.Text.Json.Serialization;
using Bench.Analysis.Json;

namespace Bench.Analysis.Cost;

/// <summary>What a price is for: a processor's machine, or one graphics processor with its share of a host.</summary>
[JsonConverter(typeof(EnumNames<HardwareKind>))]
public enum HardwareKind
{
    /// <summary>A machine whose processor does the work.</summary>
    Cpu,

    /// <summary>One graphics processor.</summary>
    Gpu,
}

/// <summary>Something that can be bought or rented, and how a machine recognises itself as that.</summary>
/// <param name="Key">The key in runs and price offers, for example <c>v100</c>.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Patterns">Names by which its processor or graphics processor calls itself; <c>*</c> stands for any text,
/// case does not matter.</param>
/// <param name="VirtualCores">Virtual processors of the machine; null for a graphics processor, whose host may have any number.</param>
/// <param name="MemoryGiB">Memory in GiB: the graphics processor's own, or the machine's; null if it varies.</param>
/// <param name="Gpus">Graphics processors that the price is for: 1, or 0 for a processor.</param>
/// <param name="Year">The year in which it came out; null if unknown.</param>
public sealed record Hardware(
    string Key, HardwareKind Kind, string Name, IReadOnlyList<string> Patterns, int? VirtualCores, double? MemoryGiB, int Gpus, int? Year);
