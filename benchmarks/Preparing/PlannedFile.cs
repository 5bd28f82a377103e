using System.Text.Json.Serialization;
using Bench.Inference;
using Bench.Models;
using Bench.Models.Files;
using Bench.Models.Signatures;

namespace Bench.Benchmarks.Preparing;

/// <summary>A network's file, and what goes in and comes out of it.</summary>
/// <param name="File">The file.</param>
/// <param name="Signature">Its inputs and outputs.</param>
internal sealed record PlannedFile(ModelFile File, NetworkSignature Signature)
{
    /// <summary>How it was quantised, where Bench did that: not every engine takes every recipe; null for any other file.</summary>
    public string? Recipe { get; init; }

    /// <summary>What it is called in the records of a run: <c>fp32</c>, <c>tensorflow-fp16</c>, <c>int8-u8s8</c>.</summary>
    [JsonIgnore]
    public string Key => File.Format.Key(File.Numbers) + (Recipe is null ? string.Empty : $"-{Recipe}");

    /// <summary>Whether a backend loads it: a file that Bench quantised is for some.</summary>
    /// <param name="backend">The backend.</param>
    public bool Serves(IBackend backend) => Recipe is null || Recipe == Int8Recipes.For(backend).Name;

    /// <summary>Why the file takes no other batch than the one that is measured; null if it takes others, or if nobody looked.</summary>
    public string? WhyOneBatch { get; init; }

    /// <summary>What requests of several images are computed from, by how many: those that were asked for.</summary>
    public IReadOnlyDictionary<int, BatchedFile> Batches { get; init; } = new Dictionary<int, BatchedFile>();

    /// <summary>Why there is none for a number of images that was asked for, by the number.</summary>
    public IReadOnlyDictionary<int, string> WhyNotBatches { get; init; } = new Dictionary<int, string>();

    /// <summary>The names of outputs that are no arrays of numbers, and are left out.</summary>
    public IReadOnlyList<string> LeftOut { get; init; } = [];
}

/// <summary>The file that requests of several images are computed from.</summary>
/// <param name="File">The file: the network's own, or one that was made of it.</param>
/// <param name="Signature">Its inputs and outputs with so many images.</param>
internal sealed record BatchedFile(ModelFile File, NetworkSignature Signature)
{
    /// <summary>What the file is called in the records of a run.</summary>
    /// <param name="one">The file of requests of one image.</param>
    /// <param name="batched">This file.</param>
    /// <param name="batch">How many images a request has.</param>
    /// <returns><c>fp32</c> where it is the same file, <c>fp32-batch</c> where one was made for all numbers of images,
    /// <c>tensorflow-fp32-batch-8</c> where there is one for each.</returns>
    public static string Key(PlannedFile one, BatchedFile batched, int batch)
    {
        var key = one.Key;
        return batched.File.Sha256 == one.File.Sha256 ? key
            : one.File.Format == ModelFormat.Onnx ? $"{key}-batch"
            : FormattableString.Invariant($"{key}-batch-{batch}");
    }
}
