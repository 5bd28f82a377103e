using Bench.Analysis.Measurements;
using Bench.Benchmarks.Launches;

namespace Bench.EndToEnd.Tests.Launches;

/// <summary>How the processes of a run are started.</summary>
public class LaunchProgramTests
{
    private static readonly MeasurementId Measurement = new(CellId.Parse("unet/ort-cpu/fp32/linux-x64"), Load.Closed);

    /// <summary>While something is timed, nothing is compiled anew in the background, whatever the user's environment says.</summary>
    [TestCase(1, "launch", "0")]
    [TestCase(0, "inspect", "1")]
    public void Command_Round_CompilesInTwoStepsOnlyWhereNothingIsTimed(int round, string verb, string twoSteps)
    {
        var start = LaunchProgram.Command(new LaunchRequest("plan.json", Measurement, round));

        Assert.That(start.ArgumentList, Does.Contain(verb));
        Assert.That(start.Environment["DOTNET_TieredCompilation"], Is.EqualTo(twoSteps));
    }
}
