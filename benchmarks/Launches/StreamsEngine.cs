using System.Globalization;
using Bench.Benchmarks.Loads;

namespace Bench.Benchmarks.Launches;

/// <summary>The closed load of several streams, measured in windows. Outputs are kept between windows.</summary>
internal static class StreamsEngine
{
    private const double NanosecondsPerMillisecond = 1e6;

    /// <summary>Measures a launch that has warmed up.</summary>
    /// <param name="launch">The launch.</param>
    /// <param name="output">Hears of every window as soon as it has ended.</param>
    /// <returns>What was measured.</returns>
    public static LoadResult Measure(Launch launch, TextWriter output)
    {
        var count = 0;
        var result = launch.Windows.Measure(launch.Window, launch.Requests, window =>
        {
            foreach (var stream in launch.Streams)
            {
                launch.Keep(stream, stream.Place);
            }

            // A line for each of thousands of requests would keep streams waiting, and who reads it would be busy in the next window.
            count++;
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{LaunchLines.TimedInference} {count}: {window.Facts.Requests} op, "
                + $"{window.LatenciesMs.Average() * window.Facts.Requests * NanosecondsPerMillisecond:0.00} ns"));
            launch.ThrowIfCancelled();
        });
        launch.EndOfTimed();
        return result;
    }
}
