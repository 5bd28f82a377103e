using Bench.Analysis.Fleets;

namespace Bench.Analysis.Tests.Fleets;

/// <summary>What is written for the engines, word by word; that Slurm takes it, a test with a real one shows.</summary>
public class FleetJobsTests
{
    [Test]
    public void Slurm_EachKind_IsGolden() => Match("slurm", SlurmJobs.Write(FleetFixture.Manifest));

    [Test]
    public void Kubernetes_EachKind_IsGolden() =>
        Match("kubernetes", KubernetesJobs.Write(FleetFixture.Manifest, FleetFixture.Matrix.Kubernetes!));

    [Test]
    public void Shell_EachKind_IsGolden() => Match("shell", ShellLoop.Write(FleetFixture.Manifest));

    [Test]
    public void Container_Image_IsGolden() => Match("container", [ContainerFile.Write()]);

    [Test]
    public void Kubernetes_NoCoresOrPlace_SaysWhatIsMissing()
    {
        var matrix = FleetFixture.Matrix with { Kubernetes = null, Machines = [new MachineKind { Name = "any" }] };

        Assert.That(KubernetesJobs.Faults(matrix), Is.EqualTo([
            "kubernetes: found none; expected image and claim: where the program is, and where results go.",
            "machines: any: found no cores and memoryGiB; expected both: without them a pod shares its cores.",
        ]));
    }

    private static void Match(string engine, IReadOnlyList<FleetText> texts)
    {
        Assert.That(texts, Is.Not.Empty);
        foreach (var text in texts)
        {
            Assert.That(text.Content, Does.Not.Contain("\r"));
            Golden.Match(text.Content, "tests", "Bench.Analysis.Tests", "Data", "golden", "fleet", engine, text.Name);
        }
    }
}
