using Bench.Analysis.Decision;
using Bench.Analysis.Input;
using Bench.Analysis.Runs;
using Bench.Analysis.Tests.Runs;

namespace Bench.Analysis.Tests.Decision;

/// <summary>Runs of which no decision is made.</summary>
public partial class DecisionBuilderTests
{
    [Test]
    public void Build_TwoRunsOfOneMachine_AreRefusedUnlessTheLatestIsMeant()
    {
        var later = Run(2, manifest => manifest with { StartedUtc = manifest.StartedUtc.AddDays(1) });

        Assert.That(() => DecisionBuilder.Build([Run(1), later], Prices, Any),
            Refused("expected one run of a cell on a machine. Leave the others out; bench decide --latest does"));
        Assert.That(DecisionBuilder.Build([Run(1), later], Prices, Any with { LatestOnly = true }).Single()
            .Candidates.Select(candidate => candidate.Run), Has.All.EqualTo(later.ReadManifest().Id));
    }

    [TestCase(true)]
    [TestCase(false)]
    public void Build_IncompleteRun_IsRefusedUnlessAllowed(bool allowed)
    {
        var run = Run(1, manifest => manifest with { Complete = false });
        var decide = () => DecisionBuilder.Build([run], Prices, Any with { AllowIncomplete = allowed });

        Assert.That(() => decide(), allowed ? Throws.Nothing : Refused("is incomplete: it was interrupted"));
    }

    [Test]
    public void Build_RunsThatDoNotGoTogether_NamesAllFaults()
    {
        var unpriced = Run(2, manifest => manifest with { UsdPerHour = null, Machine = manifest.Machine with { Gpus = [] } });
        var other = Run(3, manifest => manifest with
        {
            Models = [manifest.Models[0] with { Files = new Dictionary<string, FileFacts> { ["fp32"] = new(new string('9', 64), 1) } }],
        });

        Assert.That(
            () => DecisionBuilder.Build([Run(1), Run(1), unpriced, other], Prices, Any),
            Refused("found the run 20260102-030405-testbox-0000001 2 times")
                .And.Message.Contains("20260102-030405-testbox-0000002 has no price, for its processor calls itself 'Test CPU 3.0'")
                .And.Message.Contains("different files of tiny at fp32: aaaaaaaaaaaa in 20260102-030405-testbox-0000001")
                .And.Message.Contains("999999999999"));
    }

    [Test]
    public void Build_SlowedDownRun_IsRefused()
    {
        var run = Run(1, manifest =>
            manifest with { Cells = [.. manifest.Cells.Select((cell, i) => i == 0 ? cell with { SlowedDownBy = 0.1 } : cell)] });

        Assert.That(() => DecisionBuilder.Build([run], Prices, Any), Refused("was slowed down on purpose"));
    }

    [Test]
    public void Build_ImitatedDevice_IsNoCandidate()
    {
        var run = Run(1, manifest =>
            manifest with { Cells = [.. manifest.Cells.Select((cell, i) => i == 1 ? cell with { NotComparable = "SwiftShader" } : cell)] });

        Assert.That(DecisionBuilder.Build([run], Prices, Any).Single().Candidates.Select(candidate => candidate.Cell.Cell),
            Has.None.EqualTo(RunFixture.IdOf(1)));
    }

    [TestCase(0.0, 0.0, true, "found 0 for tiny/ort-cpu/fp32/linux-x64; expected a published meanMs above 0")]
    [TestCase(1e308, 0.0, true, "expected a published meanMs above 0 and at most")]
    [TestCase(1.0, 7.0, true, "found the metricChange 7 of tiny/ort-cpu/fp32/linux-x64; expected a number from -1 to 1")]
    [TestCase(1.0, 0.0, false, "expected who published them, as published.source")]
    public void Build_PublishedFiguresThatAreNone_AreRefused(double meanMs, double change, bool hasSource, string expected)
    {
        var run = Run(1, manifest => Published(manifest) with
        {
            Cells = [.. Published(manifest).Cells.Select(cell => cell with { Published = new PublishedFigures(meanMs, change) })],
            Published = hasSource ? new PublishedSource("somebody", null) : null,
        });

        Assert.That(() => DecisionBuilder.Build([run], Prices, Any), Refused(expected));
    }

    private static NUnit.Framework.Constraints.ContainsConstraint Refused(string message) =>
        Throws.TypeOf<RunFormatException>().With.Message.Contains(message);
}
