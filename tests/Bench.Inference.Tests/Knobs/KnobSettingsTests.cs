using Bench.Inference.Knobs;

namespace Bench.Inference.Tests.Knobs;

public class KnobSettingsTests
{
    [Test]
    public void Of_AnyOrderAndDefaults_KeepsWhatDiffersSorted()
    {
        var settings = KnobSettings.Of([new("threads", "2"), new("graph", "on"), new("layout", "nchw")]);

        Assert.That(settings.ToString(), Is.EqualTo("graph=on, threads=2"));
        Assert.That(settings, Is.EqualTo(KnobSettings.Of([new("graph", "on"), new("threads", "2")])));
        Assert.That(settings.GetHashCode(), Is.EqualTo(KnobSettings.Of([new("graph", "on"), new("threads", "2")]).GetHashCode()));
        Assert.That(settings["graph"], Is.EqualTo("on"));
        Assert.That(settings["layout"], Is.EqualTo("nchw"), "its default");
        Assert.That(settings, Is.Not.EqualTo(KnobSettings.None));
    }

    [Test]
    public void Of_Nothing_IsNone() => Assert.That(KnobSettings.Of([new("threads", "default")]), Is.EqualTo(KnobSettings.None));

    [Test]
    public void Of_SeveralFaults_NamesThemAll() => Assert.That(
        () => KnobSettings.Of([new("abacus", "1"), new("threads", "many"), new("graph", "on"), new("graph", "off")]),
        Throws.ArgumentException
            .With.Message.Contains("found the knob 'abacus'; expected one of batch, streams, threads, optimisation, device")
            .And.Message.Contains("threads: found 'many'").And.Message.Contains("graph: found 2 values; expected one"));

    [Test]
    public void WhyNot_OneKnobThatTheBackendLacks_SaysWhich()
    {
        var settings = KnobSettings.Of([new("threads", "2"), new("graph", "on")]);

        Assert.That(settings.WhyNot("ort-cuda"), Is.Null);
        Assert.That(settings.WhyNot("ort-cpu"), Does.StartWith("ort-cpu has no knob graph"));
    }
}
