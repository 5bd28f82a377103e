using Bench.Analysis.Measurements;
using Bench.Analysis.Runs;
using Bench.Benchmarks.Scheduling;
using Bench.EndToEnd.Tests.Loads;

namespace Bench.EndToEnd.Tests.Scheduling;

/// <summary>What a run that goes on takes over from launches that failed.</summary>
public class LaunchHistoryTests
{
    private static readonly MeasurementId Failing = new(CellId.Parse("m/ort-cpu/int8/linux-x64"), Load.Closed);

    private TemporaryFolder _folder = null!;
    private MeasuredLaunches _measured = null!;

    private LaunchFolder Launches => _measured.Folder;

    [SetUp]
    public void Measure()
    {
        _folder = new TemporaryFolder();
        _measured = new MeasuredLaunches(_folder);
        _measured.AddClosed();
    }

    [TearDown]
    public void Delete() => _folder.Dispose();

    /// <summary>A plain run tries again what failed.</summary>
    [Test]
    public void Read_PlainRun_DeletesFailures()
    {
        var name = Fail("System.InvalidOperationException");

        var history = LaunchHistory.Read(Launches, keepsFailures: false);

        Assert.That((history.HasFailed(Failing), Launches.Read(name)), Is.EqualTo((false, (LaunchRecord?)null)));
        Assert.That(history.MeansMs(new MeasurementId(MeasuredLaunches.Cell, Load.Closed)), Is.Not.Empty);
    }

    /// <summary>What a search did next came of the failure: it goes on as it would have.</summary>
    [TestCase("System.InvalidOperationException")]
    [TestCase(LaunchFailure.OfProcess)]
    public void Read_Search_KeepsFailures(string type)
    {
        var name = Fail(type);

        var history = LaunchHistory.Read(Launches, keepsFailures: true);

        Assert.That((history.HasFailed(Failing), Launches.Read(name) is not null), Is.EqualTo((true, true)));
    }

    /// <summary>A full disk says nothing of the configuration.</summary>
    [TestCase("System.IO.IOException")]
    [TestCase("System.UnauthorizedAccessException")]
    public void Read_SearchOnAFullDisk_TriesAgain(string type)
    {
        var name = Fail(type);

        var history = LaunchHistory.Read(Launches, keepsFailures: true);

        Assert.That((history.HasFailed(Failing), Launches.Read(name)), Is.EqualTo((false, (LaunchRecord?)null)));
    }

    private LaunchName Fail(string type)
    {
        var name = new LaunchName(Failing, 1);
        _measured.Fail(name, "It gave up.", type);
        return name;
    }
}
