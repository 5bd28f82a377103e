using System.Text.Json.Serialization;
using Bench.Arrays;

namespace Bench.Models.Signatures;

/// <summary>An array of numbers that goes into a network or comes out of it.</summary>
/// <param name="Name">The name of the value, as the network's file has it.</param>
/// <param name="Type">The type of its numbers.</param>
/// <param name="Shape">The length of each axis, the batch included; <see cref="Open"/> for one that depends on the numbers that go in.
/// A single number has none.</param>
public sealed record TensorSpec(string Name, ElementType Type, IReadOnlyList<int> Shape)
{
    /// <summary>The length of an axis that is not known before the network has run.</summary>
    public const int Open = -1;

    /// <summary>Whether every axis is known before the network has run.</summary>
    [JsonIgnore]
    public bool IsFixed => !Shape.Contains(Open);

    /// <summary>How many numbers it has.</summary>
    /// <exception cref="InvalidOperationException">That depends on the numbers that go in.</exception>
    /// <exception cref="OverflowException">It has more than an array can hold.</exception>
    [JsonIgnore]
    public int Length => IsFixed
        ? Shape.Aggregate(1, (product, axis) => checked(product * axis))
        : throw new InvalidOperationException($"The length of '{Name}' depends on the numbers that go in.");

    /// <summary>Its length in bytes.</summary>
    /// <exception cref="InvalidOperationException">That depends on the numbers that go in.</exception>
    /// <exception cref="OverflowException">It has more than an array can hold.</exception>
    [JsonIgnore]
    public int Bytes => checked(Length * Type.Size());

    /// <summary>For messages: <c>float32 [1, 3, 224, 224]</c>.</summary>
    [JsonIgnore]
    public string Kind => $"{Type.Name()} {Text(Shape)}";

    /// <summary>A shape as messages have it.</summary>
    /// <param name="shape">The lengths of the axes.</param>
    /// <returns><c>[1, 3, ?, ?]</c>: an axis that is not known is a question mark.</returns>
    public static string Text(IEnumerable<int> shape) => $"[{string.Join(", ", shape.Select(axis => axis < 0 ? "?" : axis.ToString(
        System.Globalization.CultureInfo.InvariantCulture)))}]";

    /// <inheritdoc/>
    public override string ToString() => $"'{Name}' {Kind}";
}
