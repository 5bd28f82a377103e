using Bench.Analysis.Fleets;
using k8s;
using k8s.Models;

namespace Bench.Analysis.Tests.Fleets;

/// <summary>What is written for Kubernetes, read back strictly by the types of its own client.</summary>
public class KubernetesTypesTests
{
    private static IReadOnlyList<FleetText> Texts => KubernetesJobs.Write(FleetFixture.Manifest, FleetFixture.Matrix.Kubernetes!);

    [Test]
    public void Job_OfAKind_IsAnIndexedJobOfPodsThatAreNotStartedAgain()
    {
        var job = Read<V1Job>("h200.yaml");

        Assert.That(job.Spec.CompletionMode, Is.EqualTo("Indexed"));
        Assert.That(job.Spec.Completions, Is.EqualTo(6));
        Assert.That(job.Spec.Parallelism, Is.EqualTo(6));
        Assert.That(job.Spec.BackoffLimitPerIndex, Is.EqualTo(2));
        Assert.That(job.Spec.Template.Spec.RestartPolicy, Is.EqualTo("Never"));
        Assert.That(job.Spec.Template.Spec.ActiveDeadlineSeconds, Is.EqualTo(90 * 60));
        Assert.That(job.Spec.Template.Spec.NodeSelector, Is.EqualTo(new Dictionary<string, string>
        {
            ["nvidia.com/gpu.product"] = "NVIDIA-H200",
        }));
        Assert.That(job.Metadata.NamespaceProperty, Is.EqualTo("benchmarks"));
    }

    /// <summary>A pod that was taken off its node is not counted, and ends with 4 like others that were asked to end; 2 and 4 will not get
    /// better otherwise; 5 is counted.</summary>
    [Test]
    public void Job_Failures_AreRetriedOnlyWhereThatHelps()
    {
        var rules = Read<V1Job>("h200.yaml").Spec.PodFailurePolicy.Rules;

        Assert.That(rules.Select(rule => rule.Action), Is.EqualTo(["Ignore", "FailIndex"]));
        Assert.That(rules[0].OnExitCodes, Is.Null, "an exit code that is ignored starts the pod again for ever");
        Assert.That(rules[0].OnPodConditions.Single().Type, Is.EqualTo("DisruptionTarget"));
        Assert.That(rules[1].OnExitCodes.Values, Is.EqualTo([2, 4]));
        Assert.That(rules[1].OnExitCodes.OperatorProperty, Is.EqualTo("In"));
        Assert.That(rules[1].OnExitCodes.ContainerName, Is.EqualTo("bench"));
    }

    [Test]
    public void Job_Pods_NeverShareANode()
    {
        var pod = Read<V1Job>("epyc.yaml").Spec.Template;
        var term = pod.Spec.Affinity.PodAntiAffinity.RequiredDuringSchedulingIgnoredDuringExecution.Single();

        Assert.That(term.TopologyKey, Is.EqualTo("kubernetes.io/hostname"));
        Assert.That(term.LabelSelector.MatchExpressions.Single().Key, Is.EqualTo("bench-fleet"));
        Assert.That(pod.Metadata.Labels.Keys, Is.EqualTo(["bench-fleet"]));
        Assert.That(pod.Spec.NodeSelector, Is.Null);
    }

    [Test]
    public void Job_Resources_AreGuaranteedWithWholeCores()
    {
        var container = Read<V1Job>("h200.yaml").Spec.Template.Spec.Containers.Single();

        Assert.That(container.Resources.Requests.Keys, Is.EquivalentTo(container.Resources.Limits.Keys));
        foreach (var (name, quantity) in container.Resources.Requests)
        {
            Assert.That(quantity, Is.EqualTo(container.Resources.Limits[name]), name);
        }

        Assert.That(container.Resources.Limits["cpu"].ToString(), Is.EqualTo("16"));
        Assert.That(container.Resources.Limits["nvidia.com/gpu"].ToString(), Is.EqualTo("1"));
        Assert.That(container.Args, Is.EqualTo([
            "fleet-worker", "--manifest", "/fleet/manifest.json", "--first", "2", "--index", "$(BENCH_INDEX)", "--output",
            $"/results/bench-{FleetFixture.Manifest.Name}"]));
        Assert.That(container.Env.Select(variable => (variable.Name, variable.ValueFrom.FieldRef.FieldPath)), Is.EqualTo([
            ("BENCH_INDEX", "metadata.annotations['batch.kubernetes.io/job-completion-index']"), ("BENCH_NODE", "spec.nodeName"),
            ("BENCH_JOB", "metadata.labels['batch.kubernetes.io/controller-uid']")]));
    }

    [Test]
    public void ConfigMap_Manifest_IsReadAsItWasPlanned()
    {
        var map = Read<V1ConfigMap>(KubernetesJobs.ConfigMapFile);

        Assert.That(
            FleetManifest.Parse(System.Text.Encoding.UTF8.GetBytes(map.Data["manifest.json"]), "manifest.json").ToJson(),
            Is.EqualTo(FleetFixture.Manifest.ToJson()));
        Assert.That(map.Metadata.Name, Is.EqualTo(
            Read<V1Job>("epyc.yaml").Spec.Template.Spec.Volumes.Single(volume => volume.ConfigMap is not null).ConfigMap.Name));
    }

    private static T Read<T>(string name) => KubernetesYaml.Deserialize<T>(Texts.Single(text => text.Name == name).Content, strict: true);
}
