namespace Bench.Analysis.Fleets;

/// <summary>A file that is written for an engine.</summary>
/// <param name="Name">Its name, in the folder of the fleet.</param>
/// <param name="Content">Its text, with line feeds.</param>
/// <param name="IsProgram">Whether it is to be run.</param>
public sealed record FleetText(string Name, string Content, bool IsProgram = false);
