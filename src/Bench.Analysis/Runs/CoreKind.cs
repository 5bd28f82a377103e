namespace Bench.Analysis.Runs;

/// <summary>Cores of one kind, of a processor that has several.</summary>
/// <param name="Kind"><c>performance</c>, <c>efficiency</c>, <c>middle</c> between them, <c>low-power</c> below them, or as the system
/// calls them.</param>
/// <param name="Count">How many physical cores, 1 or more.</param>
/// <param name="Cpus">Their logical processors, as the kernel writes them: <c>0-15</c>; null where it cannot be told.</param>
public sealed record CoreKind(string Kind, int Count, string? Cpus = null);
