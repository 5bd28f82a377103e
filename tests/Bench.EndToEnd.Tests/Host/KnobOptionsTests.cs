using Bench.Analysis.Measurements;
using Bench.Benchmarks.Host;

namespace Bench.EndToEnd.Tests.Host;

public class KnobOptionsTests
{
    private static readonly string[] Backends = ["ort-cpu", "ort-cuda"];

    [Test]
    public void Read_NothingSet_IsOneVariantWithoutKnobs() => Assert.That(Read([]), Is.EqualTo([Variant.None]));

    [Test]
    public void Read_SeveralKnobs_IsEveryCombination() => Assert.That(
        Read(["threads=1,4", "graph=off,on"]).Select(variant => variant.ToString()),
        Is.EqualTo(["threads=1", "graph=on+threads=1", "threads=4", "graph=on+threads=4"]));

    [TestCase("threads=default")]
    [TestCase("layout=nchw")]
    [TestCase("graph=off")]
    [TestCase("host-memory=pageable")]
    [TestCase("ep.cudnn_conv_algo_search=default")]
    public void Read_DefaultValue_Vanishes(string set) => Assert.That(Read([set]), Is.EqualTo([Variant.None]));

    [Test]
    public void Read_ValuesThatAreTheSame_AreOneVariant() =>
        Assert.That(Read(["threads=2, 2,default"]).Select(variant => variant.ToString()), Is.EqualTo(["threads=2", string.Empty]));

    [Test]
    public void Read_ProviderOption_KeepsItsValue() => Assert.That(
        Read(["ep.cudnn_conv_algo_search=HEURISTIC"])[0]["ep.cudnn_conv_algo_search"], Is.EqualTo("HEURISTIC"));

    [TestCase("speed=11")]
    [TestCase("threads")]
    [TestCase("threads=")]
    [TestCase("=2")]
    [TestCase("")]
    [TestCase("ep.=1")]
    [TestCase("ep.a b=1")]
    [TestCase("ep.a+b=1")]
    [TestCase("Threads=2")]
    public void Read_WhatIsNoKnob_IsAFaultThatNamesAll(string set)
    {
        Read([set], out var faults);

        Assert.That(faults, Is.EqualTo([$"--set: found '{set}'; expected NAME=VALUE[,VALUE] of one of batch, streams, threads, "
            + "optimisation, device, layout, host-memory, graph, ep.NAME."]));
    }

    [TestCase("batch", "0", "--batch: found '0'; expected a number from 1 to 65536.")]
    [TestCase("batch", "-1", "--batch: found '-1'; expected a number from 1 to 65536.")]
    [TestCase("batch", "65537", "--batch: found '65537'; expected a number from 1 to 65536.")]
    [TestCase("batch", "8,many", "--batch: found 'many'; expected a number from 1 to 65536.")]
    [TestCase("batch", "auto", "--batch: found 'auto'; expected a number from 1 to 65536.")]
    [TestCase("streams", "0", "--streams: found '0'; expected a number from 1 to 1024.")]
    [TestCase("streams", "1025", "--streams: found '1025'; expected a number from 1 to 1024.")]
    public void Read_OptionOfAKnobThatHasNoSuchValue_IsAFault(string knob, string values, string expected)
    {
        var faults = new List<string>();

        _ = KnobOptions.Read([($"--{knob}", $"{knob}={values}")], Backends, faults);

        Assert.That(faults, Is.EqualTo([expected]));
    }

    [Test]
    public void Read_StreamsAuto_IsLeftToTheMachine()
    {
        var faults = new List<string>();

        Assert.That(KnobOptions.Read([("--streams", "streams=auto,1")], Backends, faults).Select(variant => variant.ToString()),
            Is.EqualTo(["streams=auto", string.Empty]));
        Assert.That(faults, Is.Empty);
    }

    [TestCase("threads=0", "--set: threads: found '0'; expected default, or a number from 1 to 1024.")]
    [TestCase("threads=2,many", "--set: threads: found 'many'; expected default, or a number from 1 to 1024.")]
    [TestCase("threads=+2", "--set: threads: found '+2'; expected default, or a number from 1 to 1024.")]
    [TestCase("layout=nhcw", "--set: layout: found 'nhcw'; expected nchw or nhwc.")]
    [TestCase("graph=,", "--set: graph: found no value; expected off or on.")]
    public void Read_WhatIsNoValue_IsAFault(string set, string expected)
    {
        Read([set], out var faults);

        Assert.That(faults, Is.EqualTo([expected]));
    }

    [Test]
    public void Read_KnobThatStandsTwice_IsAFault()
    {
        Read(["threads=1", "graph=on", "threads=2"], out var faults);

        Assert.That(faults, Is.EqualTo(["--set: threads: found twice; expected once, with all its values."]));
    }

    [Test]
    public void Read_ValueThatAnotherBackendHas_NamesThat()
    {
        KnobOptions.Read([("--set", "device=npu")], ["ort-cpu", "openvino-gpu"], Faults(out var faults));

        Assert.That(faults, Is.EqualTo(["--set: device: no backend of the run has npu: openvino-gpu has no device=npu: its devices have "
            + "indices. Name one that has it with --backends: ort-coreml, openvino."]));
    }

    [Test]
    public void Read_KnobThatNoBackendHas_IsAFaultWithTheReason()
    {
        KnobOptions.Read([("--set", "graph=on")], ["ort-cpu"], Faults(out var faults));

        Assert.That(faults, Is.EqualTo(["--set: graph: no backend of the run has it: ort-cpu has no knob graph: it is a service of CUDA; "
            + "it is for ort-cuda, ort-tensorrt."]));
    }

    [Test]
    public void Read_SeveralFaults_AreAllTold()
    {
        Read(["speed=11", "threads=x,y", "layout=z"], out var faults);

        Assert.That(faults, Has.Count.EqualTo(4));
    }

    [TestCase("ort-cuda", "graph=on+threads=2", "graph=on+threads=2")]
    [TestCase("ort-cpu", "graph=on+threads=2", "threads=2")]
    [TestCase("ort-cpu@1.29.0", "graph=on", "")]
    [TestCase("openvino-gpu", "threads=2", "")]
    public void Variants_KnobThatABackendLacks_IsLeftOut(string backend, string asked, string expected) =>
        Assert.That(Matrix.Variants([Variant.Parse(asked)], backend, cores: 2), Is.EqualTo([Variant.Parse(expected)]));

    [Test]
    public void Variants_ThatAreTheSameWithoutWhatABackendLacks_AreMeasuredOnce()
    {
        var asked = Read(["threads=1,2", "graph=off,on"]);

        Assert.That(Matrix.Variants(asked, "ort-cpu", cores: 2).Select(variant =>
            variant.ToString()), Is.EqualTo(["threads=1", "threads=2"]));
        Assert.That(Matrix.Variants(asked, "ort-cuda", cores: 2), Has.Count.EqualTo(4));
    }

    private static IReadOnlyList<Variant> Read(IReadOnlyList<string> set)
    {
        var variants = Read(set, out var faults);
        Assert.That(faults, Is.Empty);
        return variants;
    }

    private static IReadOnlyList<Variant> Read(IReadOnlyList<string> set, out List<string> faults) =>
        KnobOptions.Read([.. set.Select(text => ("--set", text))], Backends, Faults(out faults));

    private static List<string> Faults(out List<string> faults) => faults = [];
}
