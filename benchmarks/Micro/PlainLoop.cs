using System.Diagnostics;
using System.Globalization;
using Bench.Arrays.Npy;
using Bench.Benchmarks.Host;
using Bench.Benchmarks.Machines;
using Bench.Inference;
using Bench.Inference.NativeRuntimes;
using Bench.Models;

namespace Bench.Benchmarks.Micro;

/// <summary>A stopwatch around a loop over the same kind of session: what the report's mean must agree with.</summary>
internal static class PlainLoop
{
    private const int Images = 64;
    private const int WarmupIterations = 10;

    public static int Run(LoopRequest request, BenchPaths paths, TextWriter console)
    {
        if (!(request.Seconds is > 0 and < 3600))
        {
            throw new ArgumentException($"--seconds: found {request.Seconds}; expected a number above 0 and below 3600.");
        }

        if (!File.Exists(Path.Combine(paths.Models, request.Model + ".json")))
        {
            throw new ArgumentException($"--model: found '{request.Model}'; expected the name of a card in {paths.Models}.");
        }

        var model = PreparedModel.Prepare(Path.Combine(paths.Models, request.Model + ".json"), [Precision.Fp32], paths.Cache);
        if (model.Failure is { } failure)
        {
            throw new IOException(failure);
        }

        var card = model.Card!;
        var backend = BackendCatalogue.All(RuntimeCatalogue.Find()).Single(candidate => candidate.Id == BackendCatalogue.ReferenceId);
        using var session = backend.Load(new SessionRequest(
            model.Files[Precision.Fp32].Path, card.Input.Name, card.Input.Shape, card.Output.Name, card.Output.Shape, Math.Max(1, (int)CpuQuota.Read())));
        using var rows = NpyRows.Open(model.Data!.InputsPath);
        var stored = new byte[rows.RowLength];
        var inputs = new IBoundInput[Math.Min(Images, rows.Count)];
        for (var i = 0; i < inputs.Length; i++)
        {
            // The layout of the pixels does not matter to the clock.
            var pixels = GC.AllocateUninitializedArray<float>(card.Input.Length, pinned: true);
            rows.Read(i, stored);
            NpyConversion.ToSingles(stored, rows.ElementType, pixels);
            System.Numerics.Tensors.TensorPrimitives.Divide(pixels, card.Input.Scale, pixels);
            inputs[i] = session.Bind(pixels);
        }

        for (var i = 0; i < WarmupIterations; i++)
        {
            session.Run(inputs[i % inputs.Length]);
        }

        var count = 0;
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed.TotalSeconds < request.Seconds)
        {
            session.Run(inputs[count++ % inputs.Length]);
        }

        console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{request.Model}: {clock.Elapsed.TotalMilliseconds / count:0.00} ms per image over {count} images"));
        return ExitCodes.Success;
    }
}
