namespace Bench.Analysis.Fleets;

/// <summary>One thing to do for one worker: a block of cells that are compared with each other, on one machine of a kind. A comparison is
/// never spread over machines.</summary>
/// <param name="Index">Its number among all, from 0.</param>
/// <param name="Id">A hash of what is to be done, 16 hex digits: the same for the same plan.</param>
/// <param name="Machine">The kind of machine.</param>
/// <param name="Model">The model whose cells are the block.</param>
/// <param name="Replicate">Which of several machines of the kind, from 1.</param>
/// <param name="Seed">The seed of everything random in it.</param>
/// <param name="Arguments">What the program that measures is told, but for where it writes.</param>
public sealed record FleetUnit(
    int Index, string Id, string Machine, string Model, int Replicate, ulong Seed, IReadOnlyList<string> Arguments)
{
    /// <summary>What it is called in sentences.</summary>
    internal string Label => FormattableString.Invariant($"{Index} ({Machine}, {Model}, replicate {Replicate})");
}
