using Bench.Models.Files;

namespace Bench.Benchmarks.Preparing;

/// <summary>What a user says of networks on the command line, by the names of their inputs and outputs.</summary>
internal sealed record NetworkQuestions
{
    /// <summary>Nothing.</summary>
    public static readonly NetworkQuestions None = new();

    /// <summary>Shapes of inputs, the batch of 1 included.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<int>> Shapes { get; init; } = new Dictionary<string, IReadOnlyList<int>>();

    /// <summary>Where the numbers of inputs come from.</summary>
    public IReadOnlyDictionary<string, GivenInput> Inputs { get; init; } = new Dictionary<string, GivenInput>();

    /// <summary>The output that is judged; null for the card's, or the first.</summary>
    public string? Judged { get; init; }
}
