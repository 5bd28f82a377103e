using Bench.Arrays;
using Bench.Models.Signatures;

namespace Bench.Models.Onnx;

/// <summary>A value that goes into a network or comes out of it, as the file declares it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">The type of its numbers; null if it is none that Bench has.</param>
/// <param name="TypeName">What the file calls the type: <c>float32</c>, <c>string</c>, <c>sequence</c>.</param>
/// <param name="Axes">Its axes; null if the file does not say how many there are.</param>
public sealed record OnnxValue(string Name, ElementType? Type, string TypeName, IReadOnlyList<OnnxAxis>? Axes)
{
    /// <summary>For messages: <c>'x' float32 [N, 3, ?, ?]</c>.</summary>
    public override string ToString() => $"'{Name}' {TypeName} {(Axes is null ? "of any shape" : $"[{string.Join(", ", Axes)}]")}";
}

/// <summary>An axis of a value.</summary>
/// <param name="Length">Its length; <see cref="TensorSpec.Open"/> if any will do.</param>
/// <param name="Name">The name of its length, which is the same wherever the file has this name; null if it has none.</param>
public sealed record OnnxAxis(int Length, string? Name)
{
    private static readonly string[] BatchNames = ["n", "bs", "b"];

    /// <summary>Whether any length will do.</summary>
    public bool IsOpen => Length == TensorSpec.Open;

    /// <summary>Whether its name says that it counts images.</summary>
    public bool IsNamedBatch => Name is not null
        && (Name.Contains("batch", StringComparison.OrdinalIgnoreCase) || BatchNames.Contains(Name, StringComparer.OrdinalIgnoreCase));

    /// <summary>For messages: its length, its name, or a question mark.</summary>
    public override string ToString() =>
        IsOpen ? Name ?? "?" : Length.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
