using Bench.Models.Onnx;

namespace Bench.Benchmarks.Preparing;

/// <summary>Whether what a user says of inputs and outputs is about any that there are: a misspelt name would be ignored.</summary>
internal static class QuestionCheck
{
    /// <exception cref="ArgumentException">Something is said of an input or output that no model has.</exception>
    public static void ThrowIfUnheard(NetworkQuestions questions, IReadOnlyList<PreparedModel> models)
    {
        var failed = models.Where(model => model.Failure is not null).Select(model => Summary(model.Source)).ToList();
        if (failed.Contains(null))
        {
            // Nobody knows what its inputs are called.
            return;
        }

        var signatures = models.SelectMany(model => model.Files).Select(file => file.Signature).ToList();
        var inputs = signatures.SelectMany(signature => signature.Inputs).Select(input => input.Name)
            .Concat(failed.SelectMany(file => file!.Inputs).Select(input => input.Name)).ToHashSet();
        var outputs = signatures.SelectMany(signature => signature.Outputs).Select(output => output.Name)
            .Concat(failed.SelectMany(file => file!.Outputs).Select(output => output.Name)).ToHashSet();
        var faults = questions.Shapes.Keys.Except(inputs).Select(name => ("--shape", name, "input", inputs))
            .Concat(questions.Inputs.Keys.Except(inputs).Select(name => ("--input", name, "input", inputs)))
            .Concat(questions.Judged is { } judged && !outputs.Contains(judged)
                ? [("--output-judged", judged, "output", outputs)]
                : Array.Empty<(string, string, string, HashSet<string>)>())
            .Select(unheard => $"{unheard.Item1}: found '{unheard.Item2}'; no model has an {unheard.Item3} of this name, there are "
                + $"{string.Join(", ", unheard.Item4)}.").ToList();
        if (faults.Count > 0)
        {
            throw new ArgumentException(string.Join(Environment.NewLine, faults));
        }
    }

    private static OnnxSummary? Summary(ModelSource source)
    {
        try
        {
            return source.IsBare ? OnnxSummary.Read(source.Path) : null;
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
