using Bench.Arrays;
using Bench.Models.Inputs;
using Bench.Models.Signatures;

namespace Bench.Models.Cards;

/// <summary>What may be wrong with what a card says of the model, of what goes in and of what comes out.</summary>
internal static class CardFaults
{
    private const double MostElements = 1 << 28;

    public static IEnumerable<string> Of(ModelCard card)
    {
        if (!ModelId.IsOne(card.Id!))
        {
            yield return $"found id '{card.Id}'; expected {ModelId.Expected}.";
        }

        var metrics = ModelTasks.MetricsOf(card.Task);
        if (card.Metric is not null && !metrics.Contains(card.Metric))
        {
            var expected = metrics.Count == 0 ? "none" : string.Join(" or ", metrics.Select(metric => $"'{metric}'"));
            yield return $"found metric '{card.Metric}'; expected {expected} for {card.Task.ToString().ToLowerInvariant()}.";
        }

        if (card.ToleratedShare is not null and not (>= 0 and < 1))
        {
            yield return $"found toleratedShare {card.ToleratedShare}; expected a number of at least 0 and below 1.";
        }

        var largestMargin = card.Task == ModelTask.Regression ? double.MaxValue : 1;
        if (card.EquivalenceMargin is { } margin && !(margin > 0 && margin < largestMargin))
        {
            yield return $"found equivalenceMargin {margin}; expected a number above 0"
                + (card.Task == ModelTask.Regression ? "." : " and below 1.");
        }

        if (card.RepeatTolerance is not null and not (>= 0 and < 1))
        {
            yield return $"found repeatTolerance {card.RepeatTolerance}; expected a number of at least 0 and below 1.";
        }

        if (card.Input is not null && card.Inputs.Count > 0)
        {
            yield return "found input beside inputs; expected one of them.";
        }

        foreach (var fault in card.AllInputs.SelectMany(input => InputFaults(input, card.AllInputs.Count == 1)))
        {
            yield return fault;
        }

        if (card.AllInputs.GroupBy(input => input.Name).FirstOrDefault(inputs => inputs.Count() > 1) is { } twice)
        {
            yield return $"found the input '{twice.Key}' {twice.Count()} times; expected each once.";
        }

        if (card.Output?.Shape is { } shape && ShapeFault("output", shape) is { } wrong)
        {
            yield return wrong;
        }

        foreach (var fault in card.Volume?.Faults ?? [])
        {
            yield return fault;
        }

        if (card.Network.Architecture is not null && !FitsArchitecture(card))
        {
            yield return $"found input {TensorSpec.Text(card.Input?.Shape ?? [])} and output {TensorSpec.Text(card.Output?.Shape ?? [])} "
                + $"for {card.Network.Architecture}; "
                + "expected inceptionv3 with [1, 3, 299, 299] and [1, classes], or unet with [1, 1, size, size] and the same, "
                + "size a multiple of 16, and the names of both.";
        }
    }

    private static IEnumerable<string> InputFaults(InputSpec input, bool isOnly)
    {
        if (input.Name is null && !isOnly)
        {
            yield return "found one of several inputs without a name; expected the names that the network has.";
        }

        if (input.Mean.Concat(input.Scale).Any(number => !float.IsFinite(number)) || input.Scale.Contains(0))
        {
            yield return $"found input mean {Text(input.Mean)} and scale {Text(input.Scale)}; "
                + "expected finite numbers, the scale not 0.";
        }

        if (input.Shape is { } shape && ShapeFault("input", shape) is { } wrong)
        {
            yield return wrong;
        }

        if (input.Type is { } type && !ElementTypes.TryParseName(type, out _))
        {
            yield return $"found input type '{type}'; expected one of "
                + $"{string.Join(", ", Enum.GetValues<ElementType>().Select(known => known.Name()))}.";
        }

        if (input.Draw is { } draw && !DrawnValues.TryParse(draw, out _))
        {
            yield return $"found draw '{draw}'; expected {DrawnValues.Expected}.";
        }

        if (input is { Draw: not null, File: not null })
        {
            yield return $"found file and draw for the input '{input.Name}'; expected one of them.";
        }
    }

    private static string? ShapeFault(string what, IReadOnlyList<int> shape) =>
        shape.Any(axis => axis <= 0) || shape.Aggregate(1.0, (product, axis) => product * axis) > MostElements
            ? $"found {what} shape [{string.Join(", ", shape)}]; expected axes of 1 or more, the batch included."
            : null;

    private static bool FitsArchitecture(ModelCard card) => card is { Input: { Name: not null } input, Output: { Name: not null } output }
        && card.Network.Architecture switch
        {
            "inceptionv3" => input.Shape is [1, 3, 299, 299] && output.Shape is { Count: 2 },
            "unet" => input.Shape is [1, 1, var height, var width] && height == width && height % 16 == 0
                && output.Shape is { } shape && shape.SequenceEqual(input.Shape),
            _ => true,
        };

    private static string Text(IReadOnlyList<float> numbers) => numbers.Count == 0 ? "none" : string.Join(", ", numbers);
}
