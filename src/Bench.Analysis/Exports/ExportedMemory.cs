namespace Bench.Analysis.Exports;

/// <summary>What BenchmarkDotNet's MemoryDiagnoser counted of a benchmark, in the last of its launches.</summary>
/// <param name="Allocated">Managed memory that one operation allocates; null where the runtime does not tell.</param>
/// <param name="Gen0">Collections of generation 0 in 1000 operations; null where an export does not tell.</param>
/// <param name="Gen1">The same of generation 1.</param>
/// <param name="Gen2">The same of generation 2.</param>
public sealed record ExportedMemory(AllocatedBytes? Allocated, double? Gen0, double? Gen1, double? Gen2);

/// <summary>Bytes that one operation allocates.</summary>
/// <param name="Bytes">How many, not below 0. BenchmarkDotNet itself rounds to whole bytes.</param>
/// <param name="Rounding">By how much it may be off because a table rounds it: half of its last printed digit, in bytes; 0 if it is
/// exact.</param>
public sealed record AllocatedBytes(double Bytes, double Rounding = 0);
