using Bench.Benchmarks.Progress;
using Spectre.Console;
using Spectre.Console.Testing;

namespace Bench.EndToEnd.Tests.Progress;

/// <summary>What a person sees during a run.</summary>
public class RunDisplayTests
{
    private static readonly EndedLaunch[] Latest =
    [
        new("inceptionv3/ort-cpu/fp32/linux-x64", 1, 25.083, null),
        new("unet/ort-cuda/fp16/linux-x64", 1, null,
            "the benchmark process ended with exit code 137; the last it said: out of memory [GPU 0]"),
        new("unet/ort-cpu/fp32/linux-x64", 2, 0.1037, null),
    ];

    private static readonly RunState State = new()
    {
        LaunchCount = 20,
        LaunchesDone = 13,
        RoundCount = 5,
        Round = 3,
        Cell = "unet/ort-cpu/fp16/linux-x64",
        Inferences = 87,
        MeanMs = 20.15,
        Left = TimeSpan.FromSeconds(72),
        Complaints = (1188, 2),
    };

    [Test]
    public void Render_RunThatGoesOn_IsAsStored()
    {
        using var console = new TestConsole().Width(100);

        console.Write(LiveRunDisplay.Render(State, Latest));
        console.WriteLine();
        console.Write(LiveRunDisplay.Render(
            State with { LaunchesDone = 0, MeanMs = null, Inferences = 0, Left = null, Complaints = default }, []));

        Golden.Match(console.Output, "tests", "Bench.EndToEnd.Tests", "Data", "golden", "progress-live.txt");
    }

    [Test]
    public void Ended_NoTerminal_IsALineForEachLaunch()
    {
        using var output = new StringWriter { NewLine = "\n" };
        var display = new PlainDisplay(output);
        for (var i = 0; i < Latest.Length; i++)
        {
            display.Show(State);
            display.Ended(
                Latest[i], State with { LaunchesDone = 18 + i, Left = i == 0 ? TimeSpan.FromSeconds(3725) : TimeSpan.FromSeconds(9) });
        }

        Golden.Match(output.ToString(), "tests", "Bench.EndToEnd.Tests", "Data", "golden", "progress-plain.txt");
    }

    [Test]
    public void Live_ARun_LeavesNothingBehindAndDrawsNoMoreThanTwiceASecond()
    {
        using var console = new TestConsole().Width(100).EmitAnsiSequences();
        var time = new FixedTime();
        var display = new LiveRunDisplay(console, time);
        display.Show(State);
        var drawn = console.Output.Length;
        for (var i = 0; i < 100; i++)
        {
            display.Show(State with { MeanMs = 1 + i });
        }

        Assert.That(console.Output, Has.Length.EqualTo(drawn), "inferences come faster than anybody reads");
        time.Now += 500;
        display.Show(State);
        Assert.That(console.Output, Has.Length.GreaterThan(drawn));
        Assert.DoesNotThrow(display.Close);
    }

    private sealed class FixedTime : TimeProvider
    {
        public long Now { get; set; } = 1000;

        public override long TimestampFrequency => 1000;

        public override long GetTimestamp() => Now;
    }
}
