using Bench.Models;
using Bench.Models.Cards;
using Bench.Models.Files;
using Bench.Models.Inputs;
using Bench.Models.Onnx;
using Bench.Models.Signatures;

namespace Bench.Benchmarks.Preparing;

/// <summary>Finds out what goes into a user's network and what comes out: from its files, and by running them once.</summary>
/// <param name="path">The card, or the ONNX file that was named; for messages.</param>
/// <param name="card">The card.</param>
/// <param name="options">How models are prepared.</param>
internal sealed class OwnNetwork(string path, ModelCard card, PreparingOptions options)
{
    // Two may have outputs of one length by chance.
    private const int ExamplesTried = 3;

    /// <summary>Looks at the files.</summary>
    /// <param name="files">The files, those of ONNX first; at least one.</param>
    /// <param name="problems">Takes files that cannot be measured while others can.</param>
    /// <returns>The files that can be measured.</returns>
    /// <exception cref="ModelCardException">None can, or what is said of the network does not fit it.</exception>
    public PlannedNetwork Look(IReadOnlyList<ModelFile> files, List<FileProblem> problems)
    {
        PlannedNetwork? network = null;
        var planned = new List<PlannedFile>();
        foreach (var file in files.Where(file => file.Format == ModelFormat.Onnx))
        {
            try
            {
                var one = LookAt(file);
                network ??= one;
                planned.AddRange(one.Files);
            }
            catch (ModelCardException e) when (files.Count(other => other.Format == ModelFormat.Onnx) > 1)
            {
                problems.Add(new FileProblem(file.Format, Precisions.All.First(precision => precision.File == file.Numbers), e.Message));
            }
        }

        if (network is null)
        {
            throw new ModelCardException(path, problems.Count > 0
                ? [.. problems.Select(problem => problem.Reason)]
                : ["found no ONNX file at a precision that is wanted; the reference needs one."]);
        }

        // Other formats do not always tell: they take and give what the ONNX file of their precision does, or else the first.
        planned.AddRange(files.Where(file => file.Format != ModelFormat.Onnx).Select(file => new PlannedFile(
            file, (planned.Find(onnx => onnx.File.Numbers == file.Numbers) ?? planned[0]).Signature)));
        return network with { Files = planned };
    }

    private PlannedNetwork LookAt(ModelFile file)
    {
        try
        {
            return LookWithin(file);
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw new ModelCardException(path, [e.Message], e);
        }
    }

    private PlannedNetwork LookWithin(ModelFile file)
    {
        var summary = Read(file);
        var faults = new List<string>();
        if (summary.Inputs.Count == 0)
        {
            faults.Add($"{file.Path} takes nothing in; expected a network with at least one input.");
        }

        var stored = StoredInput.Find(
            card, path, [.. summary.Inputs.Select(input => input.Name)], options.Questions.Inputs, options.Cache, faults);
        var shapes = InputShapes.Of(
            summary,
            name => options.Questions.Shapes.GetValueOrDefault(name) ?? card.InputOf(name, summary.Inputs.Count == 1).Shape,
            name => stored.FirstOrDefault(input => input.Name == name)
                ?.ExampleShape(summary.Inputs.First(input => input.Name == name)));
        faults.AddRange(shapes.Faults.Select(fault => $"{file.Path} {fault}"));
        faults.AddRange(card.AllInputs.Where(input => input.Name is not null && summary.Inputs.All(known => known.Name != input.Name))
            .Select(input => $"{file.Path} takes {string.Join(", ", summary.Inputs)}; the model card names '{input.Name}'."));
        if (faults.Count > 0)
        {
            throw new ModelCardException(path, faults);
        }

        stored = [.. stored.Zip(shapes.Inputs, (input, tensor) => input.Fitted(tensor, options.Cache))];
        var sources = EvaluationData.Fit(card, stored, shapes.Inputs, summary.IndexBounds, faults);
        if (faults.Count > 0)
        {
            throw new ModelCardException(path, faults);
        }

        var answer = ProbeProcess.Run(
            new ProbeRequest(file.Path, shapes.Inputs, shapes.BatchAxes, sources, Examples(stored), options.Libraries));
        return answer.Result is { } result
            ? new PlannedNetwork(
                [new PlannedFile(file, new NetworkSignature(shapes.Inputs, result.Outputs, shapes.FreeDimensions)
                {
                    BatchAxes = new BatchAxes(shapes.BatchAxes, result.OutputBatchAxes),
                })
                {
                    WhyOneBatch = result.WhyOneBatch,
                    LeftOut = result.LeftOut,
                }],
                stored, sources)
            : throw new ModelCardException(path, [answer.Failure! + Guesses(sources)]);
    }

    /// <summary>What may be wrong where a network does not run.</summary>
    private static string Guesses(IReadOnlyList<InputSource> sources)
    {
        var guesses = sources.Where(source => source.IsGuess).Select(source => $"'{source.Name}' ({source.Drawn})").ToList();
        return guesses.Count == 0 ? string.Empty
            : $" Nobody says what {string.Join(" and ", guesses)} may be; such numbers are drawn without knowing.";
    }

    private static int Examples(IReadOnlyList<StoredInput> stored) =>
        stored.Select(input => input.Count).OfType<int>().Append(ExamplesTried).Min();

    private OnnxSummary Read(ModelFile file)
    {
        if (options.MemoryBytes is { } memory && file.Length > memory)
        {
            throw new ModelCardException(path, [FormattableString.Invariant(
                $"{file.Path} has {file.Length / 1073741824.0:0.0} GiB with its weights; this machine has {memory / 1073741824.0:0.0} GiB ")
                + "of memory. Measure it on a larger one."]);
        }

        return OnnxSummary.Read(file.Path);
    }
}
