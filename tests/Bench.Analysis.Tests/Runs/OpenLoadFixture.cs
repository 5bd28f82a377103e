using Bench.Analysis.Measurements;
using Bench.Analysis.Runs;
using Bench.Analysis.Statistics.Queueing;

namespace Bench.Analysis.Tests.Runs;

/// <summary>A run of one cell with open loads: one that is met, one that is overloaded, one that takes too long, and a search for the
/// highest rate. The cell answers 100 requests a second; the limit is 50 ms for 99 % of them.</summary>
internal static class OpenLoadFixture
{
    public const int Rounds = 3;

    public static readonly CellId Cell = CellId.Parse(LaunchFixture.Plain);

    private static readonly MeasuringPlan Measuring = new()
    {
        Rounds = Rounds,
        Shares = Rounds,
        WarmupRequests = 2,
        WarmupSeconds = 0.2,
        Requests = LaunchFixture.Requests,
        DeviceSeconds = 2,
        BudgetSeconds = 600,
        LimitMs = 50,
        Quantile = 0.99,
        FindRate = true,
    };

    /// <summary>What the search found: between 71 and 74 requests a second.</summary>
    public static readonly RateBand Band = new()
    {
        Cell = Cell,
        Met = 71,
        Missed = 74,
        SaturationRate = 100,
        End = RateSearchEnd.Narrow,
        Seconds = 400,
        Trials =
        [
            new RateTrial(71, 1, 30_000, 0.004, LateVerdict.Met, false, false),
            new RateTrial(74, 1, 30_000, 0.02, LateVerdict.Missed, false, false),
            new RateTrial(71, 2, 40_000, 0.005, LateVerdict.Met, false, true),
        ],
    };

    public static MeasurementId At(double rate) => new(Cell, new Load(rate));

    /// <summary>Makes the run.</summary>
    /// <param name="path">Its folder.</param>
    /// <param name="withClosed">Whether the closed load was measured, without which no other is.</param>
    public static RunFolder Create(string path, bool withClosed = true)
    {
        var folder = LaunchFixture.Create(path, LaunchFixture.Plain);
        var plan = folder.ReadPlan();
        folder.WriteManifest(plan with
        {
            Plan = Measuring,
            UsdPerHour = 3.6,
            Cells = [plan.Cells[0], .. new double[] { 50, 150, 95 }.Select(rate => plan.Cells[0] with { OpenLoad = new Load(rate) })],
        });
        if (!withClosed)
        {
            return folder;
        }

        LaunchFixture.WriteLaunches(folder, LaunchFixture.Plain, Rounds);
        folder.Launches.Write(new InspectionRecord { Cell = Cell, EffectivePrecision = "fp32" });
        folder.Launches.Write(Plan(50, Rounds));
        folder.Launches.Write(Plan(150, 1));
        folder.Launches.Write(Plan(95, 0) with { IsUndecided = true, WhyNot = "takes 51.9 minutes; --budget allows 10.0 minutes." });
        for (var round = 1; round <= Rounds; round++)
        {
            Write(folder, 50, round, Met(inTime: 250));
        }

        Write(folder, 150, 1, Overloaded);
        WriteSearch(folder);
        LaunchFixture.Complete(folder);
        return folder;
    }

    /// <summary>What a launch saw that met the limit, or nearly did.</summary>
    public static OpenFacts Met(int inTime) => new()
    {
        Seed = 1,
        OfferedRate = 50,
        Sent = 300,
        Uncounted = 10,
        Unanswered = 0,
        Seconds = 5,
        InTime = inTime,
        LagP99Ms = 0.05,
        LongestQueue = 4,
        Level = 0,
        IsCut = false,
        Cycles = new CycleSums
        {
            Cycles = 9_000,
            LateCycles = 2,
            Requests = 10_000,
            Late = 3,
            LongestCycle = 6,
            MostLate = 2,
            LateSquared = 5,
            LateTimesRequests = 12,
            RequestsSquared = 14_000,
        },
    };

    /// <summary>What a launch saw that was overloaded.</summary>
    public static OpenFacts Overloaded => Met(inTime: 30) with
    {
        OfferedRate = 151,
        Overload = "after 3.1 s a request had waited longer than any may",
        Unanswered = 90,
        LongestQueue = 100,
    };

    /// <summary>Writes a launch at a rate.</summary>
    public static void Write(RunFolder folder, double rate, int round, OpenFacts open)
    {
        var record = LaunchFixture.Record(LaunchFixture.Plain, round);
        LaunchFixture.Write(folder, record with { LoadText = new Load(rate).ToString(), Facts = record.Facts! with { Open = open } }, 12);
    }

    public static OpenPlan Plan(double rate, int launches) => new()
    {
        Cell = Cell,
        Load = new Load(rate),
        SaturationRate = 100,
        ServiceMs = 10,
        Requests = 10_000 * launches,
        RequestsOfLaunch = launches == 0 ? 0 : 10_000,
        Launches = launches,
        Seconds = 600,
    };

    private static void WriteSearch(RunFolder folder)
    {
        foreach (var trial in Band.Trials)
        {
            folder.Launches.Write(Plan(trial.Rate, 1));
            Write(folder, trial.Rate, trial.Round, Met(inTime: 350) with { OfferedRate = trial.Rate });
        }

        folder.Launches.Write(Band);
    }
}
