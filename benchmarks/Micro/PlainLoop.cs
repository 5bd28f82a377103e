using System.Diagnostics;
using System.Globalization;
using Bench.Analysis.Measurements;
using Bench.Benchmarks.Host;
using Bench.Benchmarks.Launches;
using Bench.Benchmarks.Preparing;
using Bench.CommandLine;
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

        var model = ModelPreparation.Prepare(
            new ModelSource(Path.Combine(paths.Models, request.Model + ".json")),
            new PreparingOptions { Precisions = [Precision.Fp32], Formats = [ModelFormat.Onnx], Cache = paths.Cache });
        if (model.Failure is { } failure)
        {
            throw new IOException(failure);
        }

        var plan = model.Plan(model.Data!.Count);
        var backend = BackendCatalogue.Find(BackendCatalogue.ReferenceId, RuntimeCatalogue.Find())!;
        var cell = Matrix.Id(model.Name, BackendCatalogue.ReferenceId, Variant.None, Precision.Fp32);
        var toLoad = plan.Request(cell, backend, paths.Cache, build: 1);
        using var session = backend.Load(toLoad);
        using var execution = session.NewExecution();
        using var reader = new RequestReader(plan, plan.Layout(cell, backend));
        var inputs = Enumerable.Range(0, Math.Min(Images, model.Data.Count)).Select(image =>
            execution.Bind(reader.Read([image]))).ToArray();
        for (var i = 0; i < WarmupIterations; i++)
        {
            execution.Run(inputs[i % inputs.Length]);
        }

        var count = 0;
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed.TotalSeconds < request.Seconds)
        {
            execution.Run(inputs[count++ % inputs.Length]);
        }

        console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{request.Model}: {clock.Elapsed.TotalMilliseconds / count:0.00} ms per image over {count} images"));
        return ExitCodes.Success;
    }
}
