using Bench.Analysis.Statistics;
using Bench.Models.Data;

namespace Bench.Benchmarks.Tuning;

/// <summary>Looks for the cheapest of many configurations: all of them have a short launch, the better half more, until a few are left;
/// these are raced. What is found is only a suggestion: who takes it measures it afresh (<see cref="TuneClaim"/>).</summary>
/// <remarks>
/// <para>Sequential halving: Karnin, Koren and Somekh, Almost optimal exploration in multi-armed bandits, ICML 2013. A round has every
/// configuration that is left once, in random order, so that what happens to the machine hits all of them; what is compared are differences
/// within rounds, without the fifth at either end (<see cref="TrimmedMean"/>).</para>
/// <para>What comes next depends on what was measured alone, so that a search that was stopped goes on.</para>
/// </remarks>
/// <param name="candidates">The configurations; one of them is the default.</param>
/// <param name="settings">How launches are spent.</param>
/// <param name="firstRound">The number of the first round.</param>
internal sealed class TuneSearch(IReadOnlyList<TuneCandidate> candidates, TuneSettings settings, int firstRound = 1)
{
    // The last of an engine or a precision leaves when this interval of its difference to the leader lies above zero.
    private const double Diversity = 0.9;
    private const double Separated = 0.95;

    // Of configurations whose estimates are closer than this to the best one's the simplest is chosen.
    private const double Indifference = 0.005;
    private const int ExtraLaunches = 2;
    private const int LaunchesOfTakenBack = 3;

    private readonly TuneTable _table = new(candidates.Count, settings.LimitMs);
    private readonly Dictionary<int, string> _dropped = [];
    private readonly HashSet<int> _raced = [];
    private readonly int _default = candidates.Index().First(candidate => candidate.Item.IsDefault).Index;
    private SeededRandom _random = new(settings.Seed);
    private List<int> _left = [.. Enumerable.Range(0, candidates.Count)];
    private int _round = firstRound - 1;
    private double _seconds;
    private int _planned = TunePlan.Launches(candidates.Count, settings);

    /// <summary>How many launches there will be, as far as is known now: those that are planned, or fewer where time ends them.</summary>
    public int Expected => double.IsInfinity(settings.SearchSeconds) || Made == 0 ? _planned
        : Math.Min(_planned, Math.Max(Least, Made + (int)((settings.SearchSeconds - _seconds) * Made / Math.Max(_seconds, 1))));

    /// <summary>The launches, in their order; what each said must be told before the next is asked for.</summary>
    public IEnumerable<(int Candidate, int Round)> Launches()
    {
        foreach (var launch in Screen().Concat(Race()).Concat(TakeBack()))
        {
            yield return launch;
        }
    }

    /// <summary>Tells what a launch said.</summary>
    /// <param name="candidate">The configuration.</param>
    /// <param name="round">The round.</param>
    /// <param name="value">What it said; null if it failed.</param>
    /// <param name="seconds">How long it took.</param>
    public void Tell(int candidate, int round, TuneValue? value, double seconds = 0)
    {
        _seconds += seconds;
        if (value is { } said)
        {
            _table.Add(candidate, round, said);
        }
        else
        {
            _table.Fail(candidate);
        }
    }

    /// <summary>What was found.</summary>
    public TuneChoice Choose()
    {
        DropImpossible();
        var ranked = _table.Ranked([.. _left.Where(candidate => _table.Launches(candidate) > 0)]);
        List<int> fit = [.. ranked.Where(candidate => !_table.IsOver(candidate) && !_dropped.ContainsKey(candidate))];
        if (fit.Count == 0)
        {
            // Nothing is known to be within the limit; the quickest may be. What was alone was not measured.
            fit = [.. ranked.Where(candidate => !_dropped.ContainsKey(candidate) && !_table.IsShownOver(candidate)).Take(1)];
        }

        if (fit.Count == 0)
        {
            return new TuneChoice(
                candidates.Count == 1 && !_table.HasFailed(0) ? candidates[0] : null, null, candidates[_default], Standings(null));
        }

        bool IsClose(int candidate) =>
            _table.Difference(candidate, fit[0], Separated) is { } difference && difference.Value <= Indifference;
        var winner = fit.Where(IsClose).Append(fit[0]).MinBy(candidate => candidates[candidate].Simplicity);
        var next = fit.FirstOrDefault(candidate => candidate != winner, -1);
        return new TuneChoice(candidates[winner], next < 0 ? null : candidates[next], candidates[_default], Standings(winner));
    }

    private IReadOnlyList<TuneStanding> Standings(int? winner) =>
    [
        .. candidates.Select((candidate, i) =>
            TuneStanding.Of(candidate, i, _table, winner, _raced.Contains(i), _dropped.GetValueOrDefault(i))),
    ];

    private IEnumerable<(int Candidate, int Round)> Screen()
    {
        // Those that stay for another reason than their place are not counted: the default, the last of its kind.
        for (var (look, places) = (0, _left.Count); places > settings.Finalists && !IsOverTime; look++)
        {
            for (var i = 0; i < TunePlan.Each(look) && !IsOverTime; i++)
            {
                foreach (var launch in Round(_left))
                {
                    yield return launch;
                }
            }

            foreach (var launch in NearLimit())
            {
                yield return launch;
            }

            DropImpossible();
            places = TunePlan.Half(places, settings);
            Halve(places);
            _planned = Made + TunePlan.Launches(_left.Count, settings, look + 1);
        }
    }

    private IEnumerable<(int Candidate, int Round)> Race()
    {
        DropImpossible();
        for (var i = 0; i < settings.RaceRounds && _left.Count > (settings.IsExhaustive ? 0 : 1) && !IsOverTime; i++)
        {
            _raced.UnionWith(_left);
            _planned = Made + (_left.Count * (settings.RaceRounds - i));
            foreach (var launch in Round(_left))
            {
                yield return launch;
            }

            DropImpossible();
        }
    }

    /// <summary>What was dropped for its cost may be within a limit that nothing cheaper is: it is taken back, the cheapest first, until
    /// something is.</summary>
    private IEnumerable<(int Candidate, int Round)> TakeBack()
    {
        while (settings.LimitMs is not null && !_left.Exists(IsFit)
            && Within([.. _dropped.Keys]).Take(settings.Finalists).ToList() is { Count: > 0 } back)
        {
            foreach (var candidate in back)
            {
                _dropped.Remove(candidate);
                _left.Add(candidate);
            }

            for (var i = 0; i < LaunchesOfTakenBack && !IsOverTime; i++)
            {
                foreach (var launch in Round(back))
                {
                    yield return launch;
                }
            }

            DropImpossible();
        }
    }

    private bool IsFit(int candidate) => _table.Launches(candidate) > 0 && !_table.HasFailed(candidate) && !_table.IsOver(candidate);

    private IEnumerable<int> Within(IReadOnlyList<int> among) => _table.Ranked([.. among.Where(IsFit)]);

    private bool IsOverTime => _seconds >= settings.SearchSeconds;

    // The first look has a launch of each, however long that takes; a round that is begun is finished.
    private int Least => Math.Max(candidates.Count, Made + 1);

    private int Made => Enumerable.Range(0, candidates.Count).Sum(_table.Launches);

    private IEnumerable<(int Candidate, int Round)> Round(IReadOnlyList<int> among)
    {
        _round++;
        int[] order = [.. among];
        _random.Shuffle(order);
        foreach (var candidate in order)
        {
            if (!_table.HasFailed(candidate))
            {
                yield return (candidate, _round);
            }
        }
    }

    /// <summary>On which side of the limit a configuration is must be known before it is dropped or kept.</summary>
    private IEnumerable<(int Candidate, int Round)> NearLimit()
    {
        for (var i = 0; i < ExtraLaunches && _left.Exists(_table.IsNearLimit) && !IsOverTime; i++)
        {
            foreach (var launch in Round([.. _left.Where(_table.IsNearLimit)]))
            {
                yield return launch;
            }
        }
    }

    private void DropImpossible()
    {
        foreach (var candidate in _left.ToList())
        {
            if (_table.HasFailed(candidate))
            {
                Drop(candidate, "a launch of it failed");
            }
            else if (candidate != _default && !settings.IsExhaustive && _table.IsShownOver(candidate))
            {
                Drop(candidate, FormattableString.Invariant(
                    $"{settings.BeyondLimit}: {_table.LatencyMs(candidate):0.##} of {settings.LimitMs:0.##} ms"));
            }
        }
    }

    private void Halve(int keep)
    {
        var ranked = _table.Ranked(_left);
        if (ranked.Count == 0)
        {
            return;
        }

        var leader = ranked[0];
        var kept = ranked.Take(keep).ToHashSet();
        foreach (var candidate in ranked.Skip(keep))
        {
            if (candidate == _default || (IsLastOfItsKind(candidate, kept) && !IsShownWorse(candidate, leader)))
            {
                kept.Add(candidate);
                continue;
            }

            var (value, _) = _table.Difference(candidate, leader, Separated)!.Value;
            Drop(candidate, _table.IsOver(candidate)
                ? FormattableString.Invariant($"so it seems, {settings.BeyondLimit}: {_table.LatencyMs(candidate):0.##} ms")
                : FormattableString.Invariant($"{Math.Exp(value):0.00} times the cost of the best then, place {ranked.Index()
                    .First(place => place.Item == candidate).Index + 1} of {ranked.Count}"));
        }

        _left = [.. ranked.Where(kept.Contains)];
    }

    private bool IsLastOfItsKind(int candidate, HashSet<int> kept) =>
        !kept.Any(other => candidates[other].Engine == candidates[candidate].Engine)
        || !kept.Any(other => candidates[other].Cell.Precision == candidates[candidate].Cell.Precision);

    private bool IsShownWorse(int candidate, int leader) => _table.IsOver(candidate)
        || _table.Difference(candidate, leader, Diversity) is { Interval.Lower: > 0 };

    private void Drop(int candidate, string reason)
    {
        _ = _left.Remove(candidate);
        _dropped.TryAdd(candidate, reason);
    }
}
