using System.Text.RegularExpressions;
using Bench.Benchmarks.Scheduling;
using Bench.EndToEnd.Tests.Preparing;
using Bench.EndToEnd.Tests.Runs;

namespace Bench.EndToEnd.Tests.Micro;

/// <summary>The real program holds a tiny network against a plain loop.</summary>
public partial class PlainLoopTests
{
    private const int Launches = 2;
    private static readonly string[] Cells = ["", "+streams=2", "+batch=2", "+batch=2+streams=2"];

    [Test]
    [Long]
    public void PlainLoop_BatchesAndStreams_MeasuresEveryCellInEveryRoundBothWays()
    {
        using var folder = new TemporaryFolder();

        var result = HostProgram.Run(
            folder.Path, "plain-loop", "--models", AnyNetworkTests.Network("classifier"), "--batch", "1,2", "--streams", "1,2",
            "--launches", $"{Launches}", "--seconds", "0.05", "--seed", "7");

        // What it finds depends on the machine.
        Assert.That(result.ExitCode, Is.AnyOf(0, 1), result.Output + result.Error);
        var order = LaunchOrder.Create(Cells.Length, Launches, 7);
        var expected = order.Index().SelectMany(round => round.Item.Select(cell => (Round: round.Index + 1, Cell: Cells[cell]))).ToList();
        var said = Line().Matches(result.Output).ToList();
        Assert.That(said.Select(line => (int.Parse(line.Groups["round"].Value), line.Groups["cell"].Value)), Is.EqualTo(expected));
        Assert.That(said.Select(line => line.Groups["order"].Value), Is.EqualTo(expected.Select(
            launch => launch.Round == 1 ? "product plain plain product" : "plain product product plain")));
        foreach (var cell in Cells)
        {
            Assert.That(result.Output, Does.Match($@"classifier/ort-cpu{Regex.Escape(cell)}/fp32/\S+ +{Launches}  .*\d\.\d\d\d \["));
        }
    }

    [TestCase("--batch", "0", "--batch: found '0'; expected a number from 1 to 65536.")]
    [TestCase("--streams", "1000", "--streams: streams=1000 takes more threads than")]
    [TestCase("--launches", "0", "--launches: found 0; expected a number from 1 to 1000.")]
    [TestCase("--seconds", "0", "--seconds: found 0; expected a number above 0")]
    [TestCase("--models", "resnet", "--models: found 'resnet'; expected all, inceptionv3")]
    public void PlainLoop_WrongValue_IsWrongUsage(string option, string value, string expected)
    {
        using var folder = new TemporaryFolder();
        string[] models = option == "--models" ? [] : ["--models", AnyNetworkTests.Network("classifier")];

        var result = HostProgram.Run(folder.Path, ["plain-loop", .. models, option, value]);

        Assert.That(result.ExitCode, Is.EqualTo(2), result.Output + result.Error);
        Assert.That(result.Error, Does.Contain(expected));
    }

    [Test]
    public void PlainLoop_BatchThatTheNetworkDoesNotTake_SaysWhy()
    {
        using var folder = new TemporaryFolder();

        var result = HostProgram.Run(
            folder.Path, "plain-loop", "--models", AnyNetworkTests.Network("fixed-batch"), "--batch", "4", "--launches", "1");

        Assert.That(result.ExitCode, Is.EqualTo(2), result.Output + result.Error);
        Assert.That(result.Error, Does.Contain("--batch: fixed-batch: the network takes one request of one batch"));
    }

    [Test]
    public void Help_OfPlainLoop_BeginsWithExamples()
    {
        using var folder = new TemporaryFolder();

        var result = HostProgram.Run(folder.Path, "plain-loop", "--help");

        Assert.That(result.ExitCode, Is.Zero);
        Assert.That(result.Output, Does.StartWith("Examples:").And.Contain("plain-loop --batch 1,2,4 --streams 1,2"));
        Assert.That(result.Output, Does.Contain("--launches").And.Contain("--seconds").And.Contain("[default: 10]"));
    }

    [GeneratedRegex(@"\] round (?<round>\d+), classifier/ort-cpu(?<cell>[^/]*)/fp32/\S+: (?<order>[a-z ]+)")]
    private static partial Regex Line();
}
