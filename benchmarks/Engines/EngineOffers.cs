using System.Diagnostics;
using Bench.Benchmarks.Host;
using Bench.Benchmarks.Inference;
using Bench.Inference;

namespace Bench.Benchmarks.Engines;

/// <summary>Finds out which backends work on this machine.</summary>
internal static class EngineOffers
{
    private const int LinesKept = 5;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Checks each backend and tries those that might work; a version that is not here is fetched.</summary>
    /// <param name="options">Which backends, and what they may run on.</param>
    /// <param name="paths">What to hide from messages.</param>
    /// <param name="console">Hears of fetching.</param>
    public static IReadOnlyList<EngineOffer> Find(BenchOptions options, BenchPaths paths, TextWriter console)
    {
        var offers = new EngineOffer[options.Backends.Count];
        for (var i = 0; i < offers.Length; i++)
        {
            offers[i] = Check(options.Backends[i], options, console);
        }

        // They are not timed, so they may share the machine.
        Parallel.For(0, offers.Length, new ParallelOptions { MaxDegreeOfParallelism = 2 }, i => offers[i] = Try(offers[i], options.OrtLibrary, options.AllowSoftwareDevice));
        return [.. offers.Select(offer => offer with { Availability = offer.Availability with { Reason = OneLine(paths.Hide(offer.Availability.Reason)) } })];
    }

    // Engines put line breaks and indents into what they say.
    private static string OneLine(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static EngineOffer Check(string id, BenchOptions options, TextWriter console)
    {
        var runtimes = EngineTrial.Runtimes(options.OrtLibrary);
        var backend = BackendCatalogue.Find(id, runtimes)!;
        var check = backend.Check();
        if (check.IsMissing && backend is IVersionedBackend versioned && id.Split(BackendCatalogue.VersionMark) is [_, var version])
        {
            console.WriteLine($"Fetching ONNX Runtime {version} ...");
            var problem = OrtFetcher.Fetch(version, versioned.Provider, runtimes);
            backend = BackendCatalogue.Find(id, EngineTrial.Runtimes(options.OrtLibrary))!;
            check = problem is null ? backend.Check() : BackendAvailability.Unavailable(problem);
        }

        return new EngineOffer(backend, check, null);
    }

    private static EngineOffer Try(EngineOffer offer, string? ortLibrary, bool allowSoftwareDevice)
    {
        if (!offer.Availability.IsAvailable)
        {
            return offer;
        }

        var path = Path.GetTempFileName();
        try
        {
            string[] library = ortLibrary is { } file ? ["--ort-library", file] : [];
            var ending = Run(LaunchProgram.SelfCommand([EngineTrial.Verb, offer.Backend.Id, path, .. library]), offer.Backend);
            var result = EngineTrial.Read(path) ?? new TrialResult(ending, null, null, false);
            return offer with { Trial = result, Availability = Judge(offer, result, allowSoftwareDevice) };
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static BackendAvailability Judge(EngineOffer offer, TrialResult result, bool allowSoftwareDevice)
    {
        if (result.Failure is { } failure)
        {
            return BackendAvailability.Unavailable(failure);
        }

        if (result.IsSoftwareDevice && !allowSoftwareDevice)
        {
            return BackendAvailability.Unavailable(
                $"its only device is {result.Device}: a program on the processor that stands in for a GPU, whose times say nothing of one. "
                + "Install the driver of this machine's GPU, or measure it all the same, for testing, with --allow-software-device.");
        }

        var engine = offer.Availability.Engine.Split(' ')[0];
        return offer.Availability with { Engine = result.Version is { } version ? $"{engine} {version}" : offer.Availability.Engine };
    }

    /// <returns>How the process ended, for the case that it left no result.</returns>
    private static string Run(ProcessStartInfo start, IBackend backend)
    {
        ProcessNeeds.Apply(start, backend);
        start.RedirectStandardError = true;
        start.RedirectStandardOutput = true;
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEndAsync();
        if (!process.WaitForExit(Patience))
        {
            process.Kill(entireProcessTree: true);
            return $"it did not finish a tiny network within {Patience.TotalSeconds:0} seconds and was stopped.";
        }

        var said = (output.Result + error.Result).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).TakeLast(LinesKept).ToList();
        return $"its engine ended the process with exit code {process.ExitCode} on a tiny network"
            + (said.Count == 0 ? " and said nothing." : $"; the last it said: {string.Join(' ', said)}");
    }
}
