using Bench.Benchmarks.Experiments;

namespace Bench.EndToEnd.Tests.Gate;

/// <summary>What the documentation claims of the gate, drawn anew from the committed latencies.</summary>
public class GateExperimentTests
{
    private static readonly string Folder = Repository.File("benchmarks", "Experiments");

    [Test]
    public void Simulated_GateWithControl_RaisesHardlyAnyFalseAlarmAndCatchesSlowdowns()
    {
        var rates = new GateExperiment(NoiseTraces.Read(Path.Combine(Folder, "traces.json")), comparisons: 400, seed: 7).Simulated();
        var gate = rates.Single(rate => rate.Rule == "`bench gate --control`");

        Assert.That(gate.FalseAlarms, Is.LessThanOrEqualTo(0.01));
        Assert.That(gate.Caught, Is.GreaterThanOrEqualTo(0.95));
    }

    [TestCase("traces.json")]
    [TestCase("traces-busy.json")]
    public void Write_CommittedTraces_GivesTheTablesOfTheDocumentation(string name) => Assert.That(
        File.ReadAllText(Path.Combine(Folder, "README.md")),
        Does.Contain(new GateExperiment(NoiseTraces.Read(Path.Combine(Folder, name)), comparisons: 2000, seed: 1910).Write().Trim()));
}
