using Bench.Models.Signatures;

namespace Bench.Benchmarks.Preparing;

/// <summary>Whether files are one network at several precisions: what goes in and what is compared must be alike.</summary>
internal static class SameNetwork
{
    /// <summary>Why two files cannot be compared; null if they can.</summary>
    /// <param name="first">The file that the others are compared with.</param>
    /// <param name="other">Another one.</param>
    /// <param name="judged">The output that is compared; null if none is.</param>
    public static string? WhyNot(PlannedFile first, PlannedFile other, TensorSpec? judged)
    {
        var (expected, found) = (first.Signature, other.Signature);
        var difference = !Alike(expected.Inputs, found.Inputs)
                ? $"takes {string.Join(", ", found.Inputs)}; {first.File.Path} takes {string.Join(", ", expected.Inputs)}"
            : judged is not null && !found.Outputs.Any(output => Alike([judged], [output]))
                ? $"gives {string.Join(", ", found.Outputs)}; {first.File.Path} gives {judged}, which is compared"
            : null;
        return difference is null ? null
            : $"{other.File.Path} {difference}. They are not one network at two precisions: give one of them a name of its own.";
    }

    // Types may differ: that is what precisions are.
    private static bool Alike(IReadOnlyList<TensorSpec> some, IReadOnlyList<TensorSpec> others) => some.Count == others.Count
        && some.Zip(others).All(pair => pair.First.Name == pair.Second.Name && pair.First.Shape.SequenceEqual(pair.Second.Shape));
}
