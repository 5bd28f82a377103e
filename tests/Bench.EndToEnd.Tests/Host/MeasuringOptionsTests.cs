using Bench.Analysis.Runs;
using Bench.Benchmarks.Configs;
using Bench.Benchmarks.Host;

namespace Bench.EndToEnd.Tests.Host;

public class MeasuringOptionsTests
{
    private static readonly Profile Default = Profile.All.Single(profile => profile.Name == "default");

    [Test]
    public void Read_NothingAsked_IsTheProfile([Values("smoke", "gate", "default", "paper")] string name)
    {
        var profile = Profile.All.Single(profile => profile.Name == name);

        Assert.That(Read(GivenOptions.Parse(), profile), Is.EqualTo(profile.Measuring));
    }

    [Test]
    public void Read_Launches_ShareTheImagesAmongThem()
    {
        var plan = Read(GivenOptions.Parse("--launches", "12"));

        Assert.That((plan.Rounds, plan.Shares, plan.Until, plan.BudgetSeconds), Is.EqualTo((12, 12, (double?)null, (double?)null)));
    }

    [Test]
    public void Read_Until_DealsImagesByTheProfilesRounds()
    {
        var plan = Read(GivenOptions.Parse("--until", "1%"));

        Assert.That((plan.Rounds, plan.Shares, plan.Until, plan.BudgetSeconds), Is.EqualTo((8, 5, (double?)0.01, (double?)600)));
    }

    [TestCase("90s", 90)]
    [TestCase("10min", 600)]
    [TestCase("1.5min", 90)]
    [TestCase("2h", 7200)]
    [TestCase("500ms", 0.5)]
    [TestCase("3 min", 180)]
    public void Read_Budget_IsATimeWithItsUnit(string text, double seconds) =>
        Assert.That(Read(GivenOptions.Parse("--until", "1%", "--budget", text)).BudgetSeconds, Is.EqualTo(seconds));

    [TestCase("10")]
    [TestCase("min")]
    [TestCase("0s")]
    [TestCase("-1h")]
    [TestCase("1,5min")]
    [TestCase("1e3s")]
    [TestCase("NaNs")]
    [TestCase("10 minutes")]
    [TestCase("99999999999999999h")]
    [TestCase("")]
    public void Read_BudgetThatIsNoTime_IsAFault(string text)
    {
        MeasuringOptions.Read(GivenOptions.Parse("--until", "1%", "--budget", text), Default, [], Faults(out var faults));

        Assert.That(faults, Is.EqualTo([$"--budget: found '{text}'; expected a time such as 90s, 10min or 2h."]));
    }

    [Test]
    public void Read_BudgetWithoutUntil_IsAFault()
    {
        MeasuringOptions.Read(GivenOptions.Parse("--budget", "10min"), Default, [], Faults(out var faults));

        Assert.That(faults, Is.EqualTo(
            ["--budget: found without --until, --rate and --find-rate; expected one of them: "
                + "it says how long launches may be added, and how long the measurement of a rate may take."]));
    }

    [Test]
    public void Read_UntilBesideLaunches_IsAFault()
    {
        MeasuringOptions.Read(GivenOptions.Parse("--until", "1%", "--launches", "5"), Default, [], Faults(out var faults));

        Assert.That(faults, Is.EqualTo(
            ["--launches: found beside --until, which decides how many there are; expected one of them."]));
    }

    [TestCase("0%")]
    [TestCase("100%")]
    [TestCase("1.5")]
    [TestCase("-1%")]
    [TestCase("one")]
    public void Read_UntilThatIsNoShare_IsAFault(string text)
    {
        MeasuringOptions.Read(GivenOptions.Parse("--until", text), Default, [], Faults(out var faults));

        Assert.That(faults, Has.One.Contains($"--until: found '{text}'; expected a share above 0"));
    }

    [TestCase(0)]
    [TestCase(-1)]
    [TestCase(1001)]
    public void Read_LaunchesOutOfRange_IsAFault(int launches)
    {
        MeasuringOptions.Read(GivenOptions.Parse("--launches", $"{launches}"), Default, [], Faults(out var faults));

        Assert.That(faults, Is.EqualTo([$"--launches: found {launches}; expected a number from 1 to 1000."]));
    }

    [TestCase(0)]
    [TestCase(21)]
    public void Read_BuildsOutOfRange_IsAFault(int builds)
    {
        MeasuringOptions.Read(GivenOptions.Parse("--builds", $"{builds}"), Default, [], Faults(out var faults));

        Assert.That(faults, Is.EqualTo([$"--builds: found {builds}; expected a number from 1 to 20."]));
    }

    [Test]
    public void Read_SeveralFaultsAndNoProfile_TellsAll()
    {
        var plan = MeasuringOptions.Read(
            GivenOptions.Parse("--launches", "0", "--builds", "0", "--until", "x", "--budget", "y"), null, [], Faults(out var faults));

        Assert.That(plan, Is.Null);
        Assert.That(faults, Has.Count.EqualTo(5));
    }

    private static MeasuringPlan Read(GivenOptions given, Profile? profile = null)
    {
        var plan = MeasuringOptions.Read(given, profile ?? Default, [], Faults(out var faults));
        Assert.That(faults, Is.Empty);
        return plan!;
    }

    private static List<string> Faults(out List<string> faults) => faults = [];
}
