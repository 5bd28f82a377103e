using System.Text.Json.Serialization;

namespace Bench.Analysis.Runs;

/// <summary>A window in which several streams of a closed load were measured together.</summary>
/// <param name="Streams">What each stream did.</param>
public sealed record WindowFacts(IReadOnlyList<StreamFacts> Streams)
{
    /// <summary>How many requests all streams together had answered.</summary>
    [JsonIgnore]
    public int Requests => Streams.Sum(stream => stream.Requests);

    /// <summary>How long the machine took for a request, all streams together: one over the sum of their rates. A stream's rate is what it
    /// answered after its first answer, over the time from its first answer to its last; so what it did before it had begun, and after
    /// others had ended, is in no rate.</summary>
    /// <param name="windows">The windows of a launch; at least one, each with two answers of every stream.</param>
    /// <returns>ms.</returns>
    public static double RequestMs(IReadOnlyList<WindowFacts> windows)
    {
        var perMs = 0.0;
        for (var stream = 0; stream < windows[0].Streams.Count; stream++)
        {
            var (answers, ms) = (0, 0.0);
            foreach (var window in windows)
            {
                var facts = window.Streams[stream];
                answers += facts.Requests - 1;
                ms += facts.LastMs - facts.FirstMs;
            }

            perMs += answers / ms;
        }

        return 1 / perMs;
    }
}

/// <summary>What a stream did in a window.</summary>
/// <param name="Requests">How many of its requests were answered.</param>
/// <param name="FirstMs">When the first one was answered, in ms from the beginning of the window.</param>
/// <param name="LastMs">When the last one was answered, in ms from the beginning of the window.</param>
public sealed record StreamFacts(int Requests, double FirstMs, double LastMs);
