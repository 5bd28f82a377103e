using Bench.Models.Inputs;

namespace Bench.Models.Files;

/// <summary>What a user says of an input on the command line; it overrules the card.</summary>
/// <param name="Path">A file or folder with its numbers; null if they are drawn.</param>
/// <param name="Drawn">From what they are drawn; null if they stand in a file.</param>
public sealed record GivenInput(string? Path, DrawnValues? Drawn);
