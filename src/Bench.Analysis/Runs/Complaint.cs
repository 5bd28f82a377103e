namespace Bench.Analysis.Runs;

/// <summary>What an engine said on standard error while a cell was measured.</summary>
/// <param name="Text">The first such line, without its time; at most 300 characters.</param>
/// <param name="Count">How often it was said, with other numbers or the same; 1 or more.</param>
public sealed record Complaint(string Text, int Count);
