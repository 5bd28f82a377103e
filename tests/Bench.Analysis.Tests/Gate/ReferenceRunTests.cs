using Bench.Analysis.Comparison;
using Bench.Analysis.Gate;
using Bench.Analysis.Runs;
using Bench.Analysis.Tests.Runs;

namespace Bench.Analysis.Tests.Gate;

public class ReferenceRunTests : GateFixture
{
    [TestCase("interrupted")]
    [TestCase("dirty")]
    [TestCase("slowed")]
    [TestCase("empty")]
    [TestCase("imitated")]
    public void Objections_RunThatMustNotBeAReference_AreNamed(string what)
    {
        var run = Run(1, manifest => WithoutFailures(what switch
        {
            "interrupted" => manifest with { Complete = false },
            "dirty" => manifest with { Git = manifest.Git with { Dirty = true } },
            "slowed" => manifest with { Cells = [.. manifest.Cells.Select(cell => cell with { SlowedDownBy = 0.1 })] },
            "empty" => manifest with { Cells = [] },
            _ => manifest with { Cells = [.. manifest.Cells.Select(cell => cell with { NotComparable = "Wine" })] },
        }));

        Assert.That(ReferenceRun.Objections(run), Has.Count.EqualTo(1));
        Assert.That(ReferenceRun.Objections(Run(1)), Has.One.Contains("failed"), "the fixture has a cell that failed");
        Assert.That(ReferenceRun.Objections(Run(1, WithoutFailures)), Is.Empty);
    }

    [Test]
    public void Replace_Reference_IsTheNewRunWithItsRecord()
    {
        using var temporary = new TemporaryFolder();
        var reference = new RunFolder(Path.Combine(temporary.Path, "reference"));
        var first = Run(1);
        var second = Run(1.01, manifest => manifest with { Id = "second" });
        ReferenceRun.Replace(reference, first, TimeProvider.System);
        ReferenceRun.Replace(reference, second, TimeProvider.System);

        Assert.That(reference.ReadManifest().Id, Is.EqualTo("second"));
        Assert.That(File.ReadAllText(Path.Combine(reference.Path, "accepted.json")), Does.Contain("\"run\": \"second\"").And.Contains($"\"replaced\": \"{RunFixture.Id}\""));
        Assert.That(Directory.GetDirectories(temporary.Path), Has.Length.EqualTo(1));
        Assert.That(Comparer.Compare(reference.Path, second.Path, Options).Cells, Has.Count.EqualTo(3));
    }

    private static RunManifest WithoutFailures(RunManifest manifest) => manifest with { Cells = [.. manifest.Cells.Where(cell => cell.Status != CellStatus.Failed)] };
}
