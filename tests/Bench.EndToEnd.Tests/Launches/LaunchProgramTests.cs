using Bench.Analysis.Measurements;
using Bench.Benchmarks.Launches;

namespace Bench.EndToEnd.Tests.Launches;

/// <summary>How the processes of a run are started.</summary>
public class LaunchProgramTests
{
    private static readonly MeasurementId Measurement = new(CellId.Parse("unet/ort-cpu/fp32/linux-x64"), Load.Closed);

    /// <summary>While something is timed, requests or an engine's build, nothing is compiled anew in the background.</summary>
    [TestCase(1, "launch")]
    [TestCase(0, "inspect")]
    public void Command_Round_CompilesNothingAnew(int round, string verb)
    {
        var start = LaunchProgram.Command(new LaunchRequest("plan.json", Measurement, round));

        Assert.That(start.ArgumentList, Does.Contain(verb));
        Assert.That(start.Environment["DOTNET_TieredCompilation"], Is.EqualTo("0"));
    }
}
