using Bench.Arrays;
using Bench.Arrays.Npy;
using Bench.Models.Cards;
using Bench.Models.Inputs;
using Bench.Models.Signatures;

namespace Bench.Models.Files;

/// <summary>Whether the numbers that are there for an input fit it, and what must be done to them.</summary>
internal static class InputFit
{
    /// <summary>Looks at an input.</summary>
    /// <param name="stored">Its numbers.</param>
    /// <param name="tensor">How the network takes it.</param>
    /// <param name="index">Which input it is, from 0.</param>
    /// <param name="data">What the card says of the data; null if it says nothing.</param>
    /// <param name="bound">What its numbers must be below, where they are places in a table.</param>
    /// <param name="likely">What its numbers are likely to be below, where they are drawn.</param>
    /// <param name="faults">Takes what is wrong, one sentence each.</param>
    /// <returns>Where the numbers come from; null if they do not fit.</returns>
    public static InputSource? Of(
        StoredInput stored, TensorSpec tensor, int index, EvaluationSource? data, long? bound, long? likely, List<string> faults)
    {
        var spec = stored.Spec;
        if (spec.Type is { } type && type != tensor.Type.Name())
        {
            faults.Add($"the network takes {tensor}; the card says type {type}.");
        }

        if (spec.Shape is { } shape && !shape.SequenceEqual(tensor.Shape))
        {
            faults.Add($"the network takes {tensor}; the card says {TensorSpec.Text(shape)}.");
        }

        return stored.Path is { } path ? OfFile(stored, path, tensor, index, bound, faults)
            : Drawn(stored, tensor, index, data?.Seed, bound, likely, faults);
    }

    private static InputSource? Drawn(
        StoredInput stored, TensorSpec tensor, int index, ulong? seed, long? bound, long? likely, List<string> faults)
    {
        var drawn = stored.Drawn ?? DrawnValues.For(tensor.Name, tensor.Type, bound ?? likely);
        if (drawn.WhyNot(tensor.Type, bound) is { } fault)
        {
            faults.Add($"the input '{tensor.Name}': {fault}");
            return null;
        }

        return new InputSource
        {
            Name = tensor.Name,
            Index = index,
            Drawn = drawn,
            Seed = seed ?? EvaluationData.DefaultSeed,
            IsGuess = stored.Drawn is null && DrawnValues.IsGuess(tensor.Name, tensor.Type, bound ?? likely),
        };
    }

    private static InputSource? OfFile(
        StoredInput stored, string path, TensorSpec tensor, int index, long? bound, List<string> faults)
    {
        var isChannelsLast = stored.IsChannelsLast;
        var row = stored.Shape.Skip(1).ToList();
        // Images that lie as the network takes them need no turning, whatever the card calls that.
        var elements = row.Aggregate(1L, (product, axis) => product * axis);
        var lieAsTaken = elements == tensor.Length && (row.SequenceEqual(tensor.Shape) || row.SequenceEqual(tensor.Shape.Skip(1)));
        List<int> turned = tensor.Shape.Count > 3 ? [.. tensor.Shape.Skip(2), tensor.Shape[1]] : [];
        var isTurned = isChannelsLast && turned.Count > 0 && row.SequenceEqual(turned);
        if (!lieAsTaken && !isTurned)
        {
            var or = isChannelsLast && turned.Count > 0 ? $", or with the channels last ({string.Join(", ", turned)})" : string.Empty;
            var example = tensor.Shape is [1, ..] ? tensor.Shape.Skip(1) : tensor.Shape;
            faults.Add($"{stored.Source} has shape ({string.Join(", ", stored.Shape)}); "
                + $"the network takes ({string.Join(", ", example)}) for '{tensor.Name}'. "
                + $"Expected ({string.Join(", ", example.Select(axis => $"{axis}").Prepend("images"))}){or}.");
            return null;
        }

        isTurned = isTurned && tensor.Shape[1] > 1;
        // Between channels first and channels last nobody else decides: a network takes few channels.
        var channelAxis = isTurned || tensor.Shape.Count < 3 || tensor.Shape[1] <= tensor.Shape[^1] ? 1 : tensor.Shape.Count - 1;
        foreach (var (what, numbers) in new[] { ("mean", stored.Spec.Mean), ("scale", stored.Spec.Scale) })
        {
            if (numbers.Count > 1 && (tensor.Shape.Count < 2 || numbers.Count != tensor.Shape[channelAxis]))
            {
                faults.Add($"found {numbers.Count} numbers for the {what} of '{tensor.Name}'; expected one, or one for each channel of "
                    + $"{TensorSpec.Text(tensor.Shape)}.");
                return null;
            }
        }

        var source = new InputSource
        {
            Name = tensor.Name,
            Index = index,
            Path = path,
            Given = stored.Source,
            IsTurned = isTurned,
            Mean = stored.Spec.Mean,
            Scale = stored.Spec.Scale,
            ChannelAxis = channelAxis,
        };
        return bound is { } length && Beyond(path, length) is { } beyond ? Refuse(beyond) : source;

        InputSource? Refuse(string fault)
        {
            faults.Add(fault);
            return null;
        }
    }

    /// <summary>A place outside a table ends some engines without a word.</summary>
    private static string? Beyond(string path, long length)
    {
        using var rows = NpyRows.Open(path);
        var row = new byte[rows.RowLength];
        var places = new double[rows.RowElements];
        for (var i = 0; i < rows.Count; i++)
        {
            rows.Read(i, row);
            ElementConversion.ToDoubles(row, rows.ElementType, places);
            foreach (var place in places)
            {
                if (!(place >= -length && place < length))
                {
                    return $"{path} holds {place} in entry {i}; they are places in a table of {length}: "
                        + $"expected numbers from 0 to {length - 1}.";
                }
            }
        }

        return null;
    }
}
