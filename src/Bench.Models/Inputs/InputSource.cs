namespace Bench.Models.Inputs;

/// <summary>Where the numbers of one input of a network come from, and what is done to them before they go in.</summary>
public sealed record InputSource
{
    /// <summary>The input's name.</summary>
    public required string Name { get; init; }

    /// <summary>A <c>.npy</c> file with an entry of the first axis for each example; null if they are drawn.</summary>
    public string? Path { get; init; }

    /// <summary>What somebody named: that file, or an archive or folder that it was made from; null if they are drawn.</summary>
    public string? Given { get; init; }

    /// <summary>Whether the file has its channels last, and the network takes them first.</summary>
    public bool IsTurned { get; init; }

    /// <summary>Subtracted from every stored number: one for all, or one for each channel; none for nothing.</summary>
    public IReadOnlyList<float> Mean { get; init; } = [];

    /// <summary>Divides every stored number after <see cref="Mean"/>: one for all, or one for each channel; none for nothing.</summary>
    public IReadOnlyList<float> Scale { get; init; } = [];

    /// <summary>The axis of the input, the batch included, that counts channels; of no meaning where mean and scale are one
    /// number.</summary>
    public int ChannelAxis { get; init; } = 1;

    /// <summary>From what they are drawn; null if they stand in a file.</summary>
    public DrawnValues? Drawn { get; init; }

    /// <summary>Whether nobody says what the numbers may be, and the type says nothing: they are drawn all the same.</summary>
    public bool IsGuess { get; init; }

    /// <summary>The seed of what is drawn.</summary>
    public ulong Seed { get; init; }

    /// <summary>Which of the network's inputs it is, from 0: each draws numbers of its own.</summary>
    public int Index { get; init; }
}
