using System.Text.Json.Serialization;

namespace Bench.Models.Cards;

/// <summary>What goes into a network. What the file tells need not stand here; what does is checked.</summary>
public sealed record InputSpec
{
    /// <summary>The name of the input value; null for the only one.</summary>
    public string? Name { get; init; }

    /// <summary>Its shape, the batch of 1 included, for example [1, 3, 299, 299]; null for what the file says.</summary>
    public IReadOnlyList<int>? Shape { get; init; }

    /// <summary>The type of its numbers, for example <c>float32</c>; null for what the file says.</summary>
    public string? Type { get; init; }

    /// <summary>Subtracted from every stored value: one number, or one for each channel.</summary>
    [JsonConverter(typeof(NumberOrList))]
    public IReadOnlyList<float> Mean { get; init; } = [];

    /// <summary>Divides every stored value after <see cref="Mean"/>; not zero. One number, or one for each channel.</summary>
    [JsonConverter(typeof(NumberOrList))]
    public IReadOnlyList<float> Scale { get; init; } = [];

    /// <summary>A <c>.npy</c> or <c>.npz</c> file with an entry of the first axis for each example, or a folder of images; null if
    /// <see cref="EvaluationSource.Inputs"/> names it, or if numbers are drawn.</summary>
    public string? File { get; init; }

    /// <summary>From what numbers are drawn where there is no file; null for what suits the type.</summary>
    public string? Draw { get; init; }

    /// <summary>The shape of an input that must have one: of a network that Bench builds.</summary>
    [JsonIgnore]
    public IReadOnlyList<int> KnownShape => Shape ?? throw new InvalidOperationException("The card gives no shape of the input.");
}
