using Bench.Models.Data;

namespace Bench.Benchmarks.Loads;

/// <summary>When the requests of a launch under an open load are due, drawn before it begins.</summary>
/// <param name="DueMs">The times in ms from the beginning, ascending.</param>
/// <param name="FromMs">From when on requests are counted: the engine and its queue have settled.</param>
/// <param name="UntilMs">Until when they are. What comes after lets the last busy cycle end.</param>
internal sealed record Arrivals(double[] DueMs, double FromMs, double UntilMs)
{
    /// <summary>After how many times of a request the first ones are counted.</summary>
    public const double SettlingServices = 200;
    private const double MillisecondsPerSecond = 1000;

    /// <summary>Draws them: random moments at a mean rate (a Poisson process), so that the times between them are exponential.</summary>
    /// <param name="rate">Requests per second, above 0.</param>
    /// <param name="counted">How many are counted, on average.</param>
    /// <param name="serviceMs">The mean time of a request alone in ms: 200 of them go by before any is counted.</param>
    /// <param name="tail">How many come after the counted ones.</param>
    /// <param name="seed">Decides the moments.</param>
    public static Arrivals Draw(double rate, long counted, double serviceMs, long tail, ulong seed)
    {
        var random = new SeededRandom(seed);
        var from = SettlingServices * serviceMs;
        var until = from + (counted / rate * MillisecondsPerSecond);
        var end = until + (tail / rate * MillisecondsPerSecond);
        var due = new List<double>((int)Math.Min(int.MaxValue / 4, (end * rate / MillisecondsPerSecond * 1.1) + 16));
        var time = Gap(ref random, rate);
        do
        {
            // There is always one: a launch without requests would have nothing to say.
            due.Add(time);
            time += Gap(ref random, rate);
        }
        while (time < end);

        return new Arrivals([.. due], from, until);
    }

    private static double Gap(ref SeededRandom random, double rate) =>
        -Math.Log(1 - random.NextDouble()) / rate * MillisecondsPerSecond;
}
