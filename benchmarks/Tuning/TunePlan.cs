namespace Bench.Benchmarks.Tuning;

/// <summary>How many launches a search makes, where nothing fails and time does not end it.</summary>
internal static class TunePlan
{
    /// <summary>How many launches a search makes at most, but for those that a limit takes.</summary>
    /// <param name="count">How many configurations there are.</param>
    /// <param name="settings">How launches are spent.</param>
    /// <param name="look">How often was looked before.</param>
    public static int Launches(int count, TuneSettings settings, int look = 0)
    {
        var (launches, left) = (0, count);
        for (; left > settings.Finalists; look++)
        {
            launches += left * Each(look);
            left = Half(left, settings);
        }

        return launches + (left * settings.RaceRounds);
    }

    /// <summary>How many configurations are kept of so many.</summary>
    public static int Half(int places, TuneSettings settings) => Math.Max(settings.Finalists, (places + 1) / 2);

    /// <summary>How many launches each configuration has at a look: 1, 1, 2, 4, …; what is left has twice as many each time.</summary>
    public static int Each(int look) => look == 0 ? 1 : 1 << (look - 1);
}
