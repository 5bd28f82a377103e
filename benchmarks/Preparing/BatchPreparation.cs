using Bench.Models;
using Bench.Models.Batches;
using Bench.Models.Cards;
using Bench.Models.Files;
using Bench.Models.Signatures;

namespace Bench.Benchmarks.Preparing;

/// <summary>Finds or makes the files that requests of several images are computed from.</summary>
/// <param name="card">The model.</param>
/// <param name="path">The card, or the file that was named.</param>
/// <param name="judged">The output that is compared; null if none is.</param>
/// <param name="options">How models are prepared; which numbers of images are wanted.</param>
internal sealed class BatchPreparation(ModelCard card, string path, TensorSpec? judged, PreparingOptions options)
{
    /// <summary>Adds what a file needs for every number of images that is wanted.</summary>
    public PlannedFile With(PlannedFile file)
    {
        var batches = new Dictionary<int, BatchedFile>();
        var whyNot = new Dictionary<int, string>();
        foreach (var batch in options.Batches)
        {
            try
            {
                if (WhyNot(file) is { } reason)
                {
                    whyNot[batch] = reason;
                    continue;
                }

                var batched = Of(file, batch);
                if (TooLarge(batched.Signature, batch) is { } large)
                {
                    whyNot[batch] = large;
                    continue;
                }

                batches[batch] = batched;
            }
            catch (Exception e) when (e is NotSupportedException or InvalidDataException or IOException or ModelCardException)
            {
                whyNot[batch] = e.Message;
            }
        }

        return file with { Batches = batches, WhyNotBatches = whyNot };
    }

    private string? WhyNot(PlannedFile file) =>
        file.WhyOneBatch is { } why ? $"the network takes one request of one batch: {why}."
        : file.Signature.BatchAxes.Inputs.Count == 0 ? "no input of the network has an axis that counts images."
        : file.Signature.Inputs.FirstOrDefault(input =>
            file.Signature.BatchAxes.Inputs.TryGetValue(input.Name, out var axis) && input.Shape[axis] != 1) is { } given
            ? $"the shape that was given for '{given.Name}', {TensorSpec.Text(given.Shape)}, says how many images a request has."
        : judged is not null && !file.Signature.BatchAxes.Outputs.ContainsKey(judged.Name)
            ? $"its output '{judged.Name}', which is compared, does not grow with the number of images."
        : null;

    private BatchedFile Of(PlannedFile file, int batch)
    {
        var isBuilt = card.Network.Architecture is not null;
        if (file.File.Format == ModelFormat.Onnx)
        {
            var (made, names) = BatchFiles.Make(file.File, file.Signature.BatchAxes, card.Id!, options.Cache);
            return new BatchedFile(made, file.Signature.OfBatch(batch, names));
        }

        var graph = isBuilt && file.File.Format == ModelFormat.TensorFlow
            ? ModelFiles.TensorFlowBatch(
                card, path, Precisions.All.First(precision => precision.File == file.File.Numbers), options.Cache, batch)
            : file.File;
        return new BatchedFile(graph, file.Signature.OfBatch(batch, []));
    }

    private static string? TooLarge(NetworkSignature signature, int batch)
    {
        foreach (var tensor in signature.Inputs.Concat(signature.Outputs).Where(tensor => tensor.IsFixed))
        {
            var bytes = tensor.Shape.Aggregate((double)Arrays.ElementTypes.Size(tensor.Type), (product, axis) => product * axis);
            if (bytes > Array.MaxLength)
            {
                return FormattableString.Invariant(
                    $"'{tensor.Name}' of {batch} images has {bytes / 1e9:0.0} GB; an array can have {Array.MaxLength / 1e9:0.0} GB.");
            }
        }

        return null;
    }
}
