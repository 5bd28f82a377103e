namespace Bench.Models.Cards;

/// <summary>The images a model is evaluated on: made by Bench, the user's files, or drawn.</summary>
public sealed record EvaluationSource
{
    /// <summary><c>lesion-images</c> or <c>lesion-slices</c>, made by Bench.</summary>
    public string? Generator { get; init; }

    /// <summary>The seed of <see cref="Generator"/>, or of what is drawn.</summary>
    public ulong? Seed { get; init; }

    /// <summary>How many images <see cref="Generator"/> makes, or how many are drawn.</summary>
    public int? Count { get; init; }

    /// <summary>For a network with one input: what <see cref="InputSpec.File"/> is for it.</summary>
    public string? Inputs { get; init; }

    /// <summary>A <c>.npy</c> file: a class number for each image, or a mask.</summary>
    public string? Labels { get; init; }

    /// <summary>How stored images lie: <c>nchw</c> (channels first, as the network takes them) or <c>nhwc</c> (channels last, turned if the
    /// network takes them first).</summary>
    public string Layout { get; init; } = "nchw";

    /// <summary>SHA-256 of the stored images and labels in lower-case hex; what stands here is checked.</summary>
    public string? Sha256 { get; init; }
}
