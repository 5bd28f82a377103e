using Bench.Analysis.Measurements;
using Bench.Analysis.Runs;
using Bench.Benchmarks.Progress;

namespace Bench.EndToEnd.Tests.Progress;

public class RunProgressTests
{
    [Test]
    public void Measured_RequestsOneByOneAndByTheWindow_CountAndHaveTheMeanOfAll()
    {
        var display = new LastShown();
        var measurement = MeasurementId.Parse("m/ort-cpu+streams=2/fp32/linux-x64");
        var progress = new RunProgress(display, [measurement], rounds: 1, TimeProvider.System);
        progress.Starting(new LaunchName(measurement, 1), expected: 1);

        progress.Measured(10);
        progress.Measured(90, requests: 3);

        Assert.That((display.State!.Inferences, display.State.MeanMs), Is.EqualTo((4, 25.0)));
    }

    private sealed class LastShown : IRunDisplay
    {
        public RunState? State { get; private set; }

        public bool IsDue => true;

        public void Show(RunState state) => State = state;

        public void Ended(EndedLaunch launch, RunState state) => State = state;

        public void Stopping()
        {
        }

        public void Close()
        {
        }
    }
}
