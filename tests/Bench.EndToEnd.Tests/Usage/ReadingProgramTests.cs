using Bench.CommandLine;

namespace Bench.EndToEnd.Tests.Usage;

/// <summary>What is to be done next works where the user stands.</summary>
public class ReadingProgramTests
{
    [Test]
    public void Of_Checkout_IsWhatStartsItThere()
    {
        Assert.That(ReadingProgram.Of(Repository.File(), null), Is.EqualTo("dotnet run -c Release --project src/Bench.Cli --"));
        Assert.That(ReadingProgram.Of(Repository.File("models"), null), Is.EqualTo("dotnet run -c Release --project ../src/Bench.Cli --"));
    }

    [Test]
    public void Of_Elsewhere_IsBench()
    {
        using var folder = new TemporaryFolder();
        Assert.That(ReadingProgram.Of(folder.Path, null), Is.EqualTo("bench"));
        Assert.That(ReadingProgram.Of(Repository.File(), "bench"), Is.EqualTo("bench"), "bench run was called so");
    }

    [Test]
    public void Told_InACheckout_IsNothing()
    {
        using var folder = new TemporaryFolder();
        Assert.That(ReadingProgram.Told(AppContext.BaseDirectory), Is.Null);
        Assert.That(ReadingProgram.Told(folder.Path), Is.EqualTo("bench"));
    }
}
