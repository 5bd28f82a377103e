namespace Bench.Models.Cards;

/// <summary>What may be wrong with what a card says of the examples that a model is evaluated on.</summary>
internal static class DataFaults
{
    public static IEnumerable<string> Of(ModelCard card)
    {
        var data = card.Data ?? new EvaluationSource();
        var files = card.AllInputs.Where(input => input.File is not null).ToList();
        if (data.Generator is { } generator)
        {
            if (!ModelCardReader.Generators.TryGetValue(generator, out var task) || task != card.Task || data.Count is null or <= 0)
            {
                var known = ModelCardReader.Generators.Where(entry => entry.Value == card.Task).Select(entry => entry.Key);
                yield return $"found generator '{generator}' of {data.Count ?? 0} images for {card.Task.ToString().ToLowerInvariant()}; "
                    + $"expected one of {string.Join(", ", known)} and a count of 1 or more.";
            }

            if (data.Inputs is not null || data.Labels is not null || files.Count > 0)
            {
                yield return "found data.generator beside files; expected one of them: the generator makes images and labels.";
            }
        }

        if (data.Inputs is not null && (files.Count > 0 || card.Inputs.Count > 1))
        {
            yield return "found data.inputs for a network with several inputs; expected a file under each of inputs.";
        }

        if (data.Labels is not null && data.Inputs is null && files.Count == 0)
        {
            yield return "found data.labels without data.inputs; expected both: labels belong to images.";
        }

        if (data.Labels is not null && (card.Task == ModelTask.None || (card.Output?.Values is null && card.Task != ModelTask.Regression)))
        {
            yield return "found data.labels without a task and output.values; expected all of them: they say what a label means.";
        }

        if (data.Count is <= 0)
        {
            yield return $"found data.count {data.Count}; expected 1 or more.";
        }

        if (data.Layout is not ("nchw" or "nhwc")
            || (data.Layout == "nhwc" && card.AllInputs.All(input => input.Shape is { Count: not (4 or 5) }) && card.AllInputs.Count > 0))
        {
            yield return $"found data layout '{data.Layout}'; expected 'nchw', or 'nhwc' for an input of four or five axes.";
        }
    }
}
