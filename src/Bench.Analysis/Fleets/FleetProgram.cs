namespace Bench.Analysis.Fleets;

/// <summary>The program that all workers of a fleet run: results of another one are not taken.</summary>
/// <param name="Digest">The digest of the published folder (<see cref="FolderDigest.OfProgram"/>): 64 hex digits.</param>
/// <param name="Image">The image that holds it, with its digest; null without one.</param>
public sealed record FleetProgram(string Digest, string? Image = null);
