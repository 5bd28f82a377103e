namespace Bench.Benchmarks.Preparing;

/// <summary>Whether what a user says of inputs and outputs is about any that there are: a misspelt name would be ignored.</summary>
internal static class QuestionCheck
{
    /// <exception cref="ArgumentException">Something is said of an input or output that no model has, although all could be
    /// prepared.</exception>
    public static void ThrowIfUnheard(NetworkQuestions questions, IReadOnlyList<PreparedModel> models)
    {
        if (models.Any(model => model.Failure is not null))
        {
            return;
        }

        var inputs = models.SelectMany(model => model.Files.SelectMany(file => file.Signature.Inputs)).Select(input =>
            input.Name).ToHashSet();
        var outputs = models.SelectMany(model => model.Files.SelectMany(file => file.Signature.Outputs)).Select(output =>
            output.Name).ToHashSet();
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
}
