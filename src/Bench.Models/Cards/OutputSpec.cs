using System.Text.Json.Serialization;

namespace Bench.Models.Cards;

/// <summary>What comes out of a network and is judged. What the file tells need not stand here; what does is checked.</summary>
public sealed record OutputSpec
{
    /// <summary>The name of the output value; null for the first.</summary>
    public string? Name { get; init; }

    /// <summary>Its shape, the batch of 1 included, for example [1, 10]; null for what the file says.</summary>
    public IReadOnlyList<int>? Shape { get; init; }

    /// <summary>What the numbers are; must stand where there are labels.</summary>
    public OutputValues? Values { get; init; }

    /// <summary>The name of an output that must have one: of a network that Bench builds.</summary>
    [JsonIgnore]
    public string KnownName => Name ?? throw new InvalidOperationException("The card gives no name of the output.");

    /// <summary>The shape of an output that must have one: of a network that Bench builds.</summary>
    [JsonIgnore]
    public IReadOnlyList<int> KnownShape => Shape ?? throw new InvalidOperationException("The card gives no shape of the output.");
}

/// <summary>What the numbers at the output are.</summary>
public enum OutputValues
{
    /// <summary>Before the softmax (one class of several) or the sigmoid (yes or no).</summary>
    Logits,

    /// <summary>In [0, 1].</summary>
    Probabilities,
}
