using System.Diagnostics;
using System.Runtime.ExceptionServices;
using System.Text.RegularExpressions;
using Bench.Benchmarks.Engines.Fetching;
using Bench.Benchmarks.Host;
using Bench.Benchmarks.Processes;
using Bench.Inference;
using Bench.Models;

namespace Bench.Benchmarks.Engines;

/// <summary>Finds out which backends work on this machine.</summary>
internal static partial class EngineOffers
{
    private const int LinesKept = 5;
    private const string Interrupted = "the run was interrupted before the backend was tried.";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>Checks each backend and tries those that might work; a version that is not here is fetched.</summary>
    /// <param name="options">Which backends, and what they may run on.</param>
    /// <param name="paths">What to hide from messages.</param>
    /// <param name="console">Hears of fetching.</param>
    /// <param name="cancellation">Ends fetching and trials; backends that had no trial say so.</param>
    public static IReadOnlyList<EngineOffer> Find(
        BenchOptions options, BenchPaths paths, TextWriter console, CancellationToken cancellation)
    {
        var offers = new EngineOffer[options.Backends.Count];
        for (var i = 0; i < offers.Length; i++)
        {
            offers[i] = Check(options.Backends[i], options, console, cancellation);
        }

        // They are not timed, so they may share the machine.
        try
        {
            Parallel.For(0, offers.Length, new ParallelOptions { MaxDegreeOfParallelism = 2 },
                i => offers[i] = Try(offers[i], options.Libraries, options.AllowSoftwareDevice, cancellation));
        }
        catch (AggregateException e)
        {
            ExceptionDispatchInfo.Throw(e.InnerExceptions[0]);
        }

        return [.. offers.Select(
            offer => offer with { Availability = offer.Availability with { Reason = OneLine(paths.Hide(offer.Availability.Reason)) } })];
    }

    // Engines put line breaks and indents into what they say.
    private static string OneLine(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static EngineOffer Check(string id, BenchOptions options, TextWriter console, CancellationToken cancellation)
    {
        var runtimes = options.Libraries.Runtimes();
        var backend = BackendCatalogue.Find(id, runtimes)!;
        var check = backend.Check();
        var asked = id.Split(BackendCatalogue.VersionMark) is [_, var named] ? named : null;
        if (check.IsMissing && !cancellation.IsCancellationRequested && backend is IVersionedBackend versioned
            && (asked is not null || IsWorthFetching(versioned, options.NamedBackends.Contains(id))))
        {
            var version = asked ?? versioned.DefaultVersion;
            console.WriteLine($"Fetching ONNX Runtime {version} with the {versioned.Provider} provider ...");
            var problem = OrtFetcher.Fetch(version, versioned.Provider, runtimes, cancellation);
            backend = BackendCatalogue.Find(id, options.Libraries.Runtimes())!;
            check = problem is null ? backend.Check() : BackendAvailability.Unavailable(problem);
        }

        return new EngineOffer(backend, check, null);
    }

    /// <summary>A device that is there is worth it, unless the user said that it is not wanted; where that cannot be told, the name on the
    /// command line is.</summary>
    private static bool IsWorthFetching(IVersionedBackend backend, bool isNamed) =>
        backend.HasItsDevice is { } hasDevice ? hasDevice && Environment.GetEnvironmentVariable("BENCH_GPU") != "none" : isNamed;

    private static EngineOffer Try(EngineOffer offer, EngineLibraries libraries, bool allowSoftwareDevice, CancellationToken cancellation)
    {
        if (!offer.Availability.IsAvailable)
        {
            return offer;
        }

        if (cancellation.IsCancellationRequested)
        {
            return offer with { Availability = BackendAvailability.Unavailable(Interrupted) };
        }

        var path = Path.GetTempFileName();
        try
        {
            var ending = Run(
                SelfProgram.Untimed([EngineTrial.Verb, offer.Backend.Id, path, .. libraries.Arguments()]), offer.Backend, cancellation);
            if (cancellation.IsCancellationRequested)
            {
                return offer with { Availability = BackendAvailability.Unavailable(Interrupted) };
            }

            var result = EngineTrial.Read(path) ?? new TrialResult(ending, IsBroken: true, null, null, false);
            return offer with { Trial = result, Availability = Judge(offer, result, allowSoftwareDevice) };
        }
        finally
        {
            TemporaryFiles.TryDelete(new FileInfo(path));
        }
    }

    private static BackendAvailability Judge(EngineOffer offer, TrialResult result, bool allowSoftwareDevice)
    {
        if (result.Failure is { } failure)
        {
            return result.IsBroken ? BackendAvailability.Broken(failure) : BackendAvailability.Unavailable(failure);
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
    private static string Run(ProcessStartInfo start, IBackend backend, CancellationToken cancellation)
    {
        ProcessNeeds.Apply(start, backend, Precision.Fp32);
        var ending = MonitoredProcess.Run(
            start, new ProcessWatch { Patience = Patience, Limit = Patience, Cancellation = cancellation, Grace = TimeSpan.Zero });
        if (ending.StoppedBecause is not null)
        {
            return $"it did not finish a tiny network within {Patience.TotalMinutes:0} minutes and was stopped.";
        }

        var said = ending.Output.Concat(ending.Error).Select(line => Colours().Replace(line, string.Empty).Trim())
            .TakeLast(LinesKept).ToList();
        return $"its engine ended the process with exit code {ending.ExitCode} on a tiny network"
            + (said.Count == 0 ? " and said nothing." : $"; the last it said: {string.Join(' ', said)}");
    }

    // What ONNX Runtime logs has colours, which are none in a report.
    [GeneratedRegex(@"\u001b\[[0-9;]*m")]
    private static partial Regex Colours();
}
