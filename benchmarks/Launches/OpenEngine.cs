using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Bench.Analysis.Runs;
using Bench.Analysis.Statistics.Queueing;
using Bench.Benchmarks.Loads;

namespace Bench.Benchmarks.Launches;

/// <summary>An open load: requests arrive at a rate, whether or not earlier ones are answered.</summary>
internal static class OpenEngine
{
    private const double NanosecondsPerMillisecond = 1e6;
    private const int BlocksTold = 100;

    // How old an unanswered request may be.
    private const double TimesTheLimit = 20;
    private const double TimesTheService = 200;

    // A machine that stands still for part of a second is not overloaded.
    private const double LeastAgeMs = 1000;

    private static readonly TimeSpan BetweenPulses = TimeSpan.FromSeconds(1);

    /// <summary>Measures a launch that has warmed up.</summary>
    /// <param name="launch">The launch.</param>
    /// <param name="plan">What all launches share.</param>
    /// <param name="name">The launch's name.</param>
    /// <param name="output">Hears that it goes on.</param>
    /// <returns>What was measured.</returns>
    public static LoadResult Measure(Launch launch, LaunchPlan plan, LaunchName name, TextWriter output)
    {
        var launches = new RunFolder(plan.RunPath).Launches;
        var open = launches.ReadOpenPlan(name.Measurement)
            ?? throw new InvalidOperationException($"There is no plan of {name.Measurement}.");
        var rate = open.Load.RequestsPerSecond!.Value;
        var utilisation = rate / open.SaturationRate;
        var seed = Seed(plan.Seed, name);
        var arrivals = Arrivals.Draw(
            rate, open.RequestsOfLaunch, open.ServiceMs, OpenLoadPlan.Tail(Math.Min(utilisation, 0.9)) ?? 0, seed);
        var load = new OpenLoad(launch.Streams, new MachineClock(), launch.Threads);
        OpenTimes times;
        using (new Pulse(() => Tell(launch, load, output), BetweenPulses))
        {
            times = load.Run(arrivals.DueMs, OldestMs(plan.Measuring.LimitMs, open.ServiceMs));
        }

        launch.ThrowIfCancelled();
        launch.EndOfTimed();
        var result = OpenResult.Of(
            times, arrivals, plan.Measuring.LimitMs, OpenLoadPlan.Level(launch.Streams.Count, utilisation), seed);
        var all = new double[times.DueMs.Length * 3];
        for (var i = 0; i < times.DueMs.Length; i++)
        {
            (all[3 * i], all[(3 * i) + 1], all[(3 * i) + 2]) = (times.DueMs[i], times.SentMs[i], times.AnsweredMs[i]);
        }

        launches.WriteArrivals(name, all);
        Tell(result.LatenciesMs, output);
        return new LoadResult(
            result.LatenciesMs, times.Collections, (double)times.AllocatedBytes * result.LatenciesMs.Length / result.Facts.Sent)
        {
            Open = result.Facts,
        };
    }

    /// <summary>How old an unanswered request may be in ms, before more comes in than can be answered.</summary>
    /// <param name="limitMs">The limit in ms; null without one.</param>
    /// <param name="serviceMs">The mean time of a request alone in ms.</param>
    internal static double OldestMs(double? limitMs, double serviceMs) =>
        Math.Max(LeastAgeMs, limitMs is { } limit ? TimesTheLimit * limit : TimesTheService * serviceMs);

    /// <summary>The seed of a launch's arrivals: cells at one rate have the same ones in the same round.</summary>
    private static ulong Seed(ulong seed, LaunchName name) => BitConverter.ToUInt64(SHA256.HashData(Encoding.UTF8.GetBytes(
        string.Create(CultureInfo.InvariantCulture, $"{seed} {name.Measurement.Load} {name.Round}"))));

    private static void Tell(Launch launch, OpenLoad load, TextWriter output)
    {
        if (launch.IsCancelled)
        {
            load.Stop();
        }

        // Who says nothing for long is stopped, and an engine that hangs should be.
        if (load.GoesOn())
        {
            output.WriteLine("// requests arrive");
        }
    }

    private static void Tell(double[] latencies, TextWriter output)
    {
        foreach (var (block, i) in latencies.Chunk(Math.Max(1, latencies.Length / BlocksTold)).Select((block, i) => (block, i)))
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{LaunchLines.TimedInference} {i + 1}: 1 op, {block.Average() * NanosecondsPerMillisecond:0.00} ns"));
        }
    }
}
