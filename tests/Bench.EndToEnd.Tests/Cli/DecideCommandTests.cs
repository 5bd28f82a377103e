using System.Text.Json;

namespace Bench.EndToEnd.Tests.Cli;

public class DecideCommandTests
{
    private static readonly string Study = Repository.File("artifacts", "reference", "study-2019", "table1");
    private static readonly string[] StudyRuns = [.. Directory.GetDirectories(Study).Order(StringComparer.Ordinal)];
    private static readonly string Windows = Repository.File("artifacts", "reference", "study-2019", "table2", "i5-4590s");

    [Test]
    public void Decide_StudyAsJson_HasAnObjectForEachModel()
    {
        var (code, output, _) = BenchProgram.Run(["decide", .. StudyRuns, "--limit", "20ms", "--quantile", "mean", "--json"]);

        using var json = JsonDocument.Parse(output);
        var first = json.RootElement[0];
        Assert.That(code, Is.Zero);
        Assert.That(json.RootElement.GetArrayLength(), Is.EqualTo(2));
        Assert.That(first.EnumerateObject().Select(property => property.Name).Take(6),
            Is.EqualTo(["model", "quantile", "steps", "noSolutionBelowMs", "neverOptimal", "choice"]));
        Assert.That(first.GetProperty("model").GetString(), Is.EqualTo("inceptionv3"));
        Assert.That(first.GetProperty("quantile").GetString(), Is.EqualTo("mean"));
        Assert.That(first.GetProperty("noSolutionBelowMs").GetDouble(), Is.EqualTo(3.34));
        Assert.That(
            first.GetProperty("steps").EnumerateArray()
                .Select(step => (step.GetProperty("fromMs").GetDouble(), step.GetProperty("hardware").GetString())),
            Is.EqualTo([(3.34, "v100"), (19.49, "xeon")]));
        Assert.That(first.GetProperty("steps")[1].GetProperty("usdPerMillionImages").GetDouble(), Is.EqualTo(1.68).Within(0.005));
        Assert.That(first.GetProperty("choice").GetProperty("cell").GetString(), Is.EqualTo("inceptionv3/openvino-cpu/fp32/linux-x64"));
    }

    // Nothing is as fast as 3 ms; of P99 nothing is known; with a limit that is met there is a choice.
    [TestCase(1, "**No solution** within 3 ms", "--limit", "3ms", "--max-accuracy-drop", "any")]
    [TestCase(3, "**Undecided** within 3000 ms", "--limit", "3s", "--quantile", "p99")]
    [TestCase(0, "$4.04 per million images", "--limit", "19ms", "--max-accuracy-drop", "0")]
    [TestCase(0, "the machine works 30 % of the hours that are paid", "--utilisation", "0.3")]
    [TestCase(0, "$0.790 an hour", "--reprice", "--limit", "5ms")]
    [TestCase(0, "$3.06 an hour", "--reprice", "--limit", "5ms", "--provider", "AWS")]
    [TestCase(0, "It can process 51.31 images a second, so that it works 97 % of the time", "--images-per-second", "50")]
    [TestCase(1, "infeasible: not shown to hold 1000 images/s", "--images-per-second", "1000")]
    [TestCase(0, "**Choice** without a time limit: `inceptionv3/openvino-cpu/fp32/linux-x64` on xeon", "--plain")]
    [TestCase(1, "its outputs were not compared", "--min-equivalence", "equivalent")]
    [TestCase(1, "the size of its model is unknown", "--max-model-size", "50MB")]
    public void Decide_Study_SaysSoWithItsCode(int expected, string text, params string[] options)
    {
        // InceptionV3 and U-Net have one exit code: that of the worse answer.
        var (code, output, _) = BenchProgram.Run(
            ["decide", .. StudyRuns, .. options, .. options.Contains("--quantile") ? Array.Empty<string>() : ["--quantile", "mean"]]);

        Assert.That(output, Does.Contain(text));
        Assert.That(code, Is.EqualTo(expected));
    }

    [TestCase("--limit: found '20'; expected a time above 0 with its unit", "--limit", "20")]
    [TestCase("--limit: found '-1ms'", "--limit=-1ms")]
    [TestCase("--limit: found '0ms'", "--limit", "0ms")]
    [TestCase("--limit: found 'soon'", "--limit", "soon")]
    [TestCase("--limit: found '2,5ms'", "--limit", "2,5ms")]
    [TestCase("'p95' not recognized", "--quantile", "p95")]
    [TestCase("--max-accuracy-drop: found '-0.1'", "--max-accuracy-drop=-0.1")]
    [TestCase("--max-model-size: found '50'", "--max-model-size", "50")]
    [TestCase("--utilisation: found '2'; expected a share above 0 and at most 1", "--utilisation", "2")]
    [TestCase("--utilisation: found '200%'; expected a share above 0 and at most 1", "--utilisation", "200%")]
    [TestCase("--utilisation: found '0'", "--utilisation", "0")]
    [TestCase("--images-per-start: found '0'", "--images-per-start", "0")]
    [TestCase("--images-per-second: found '0'; expected a number above 0", "--images-per-second", "0")]
    [TestCase("--images-per-second: found '30rps'", "--images-per-second", "30rps")]
    [TestCase("--images-per-second: found '1e999'", "--images-per-second", "1e999")]
    [TestCase("images a second and images per start", "--images-per-second", "30", "--images-per-start", "10")]
    [TestCase("images a second and a utilisation", "--images-per-second", "30", "--utilisation", "0.5")]
    [TestCase("--images-per-start: found '1e6'", "--images-per-start", "1e6")]
    [TestCase("--images-per-month: found '0'; expected a number above 0", "--images-per-month", "0")]
    [TestCase("--images-per-month: found '2,5'", "--images-per-month", "2,5")]
    [TestCase("--volumes-per-month: inceptionv3 has no volumes", "--volumes-per-month", "10")]
    [TestCase("--images-per-month, --volumes-per-month: found both", "--images-per-month", "10", "--volumes-per-month", "10")]
    [TestCase("--hours: found '8'; expected hours a day x days a week", "--images-per-month", "10", "--hours", "8")]
    [TestCase("--hours: found without --images-per-month", "--hours", "8x5")]
    [TestCase("--peak-factor: found without --images-per-month", "--peak-factor", "2")]
    [TestCase("--peak-factor: found '0.5'; expected a number from 1 on", "--images-per-month", "10", "--peak-factor", "0.5")]
    [TestCase("expected them alone", "--images-per-month", "10", "--images-per-second", "3")]
    [TestCase("--json, --format: found both", "--json", "--format", "markdown")]
    [TestCase("--models: found 'resnet'; expected some of inceptionv3", "--models", "resnet")]
    [TestCase("--format: found 'html'; expected console, markdown or json", "--format", "html")]
    [TestCase("--html: found ''", "--html", "")]
    [TestCase("--html: found '/nowhere/x.html'; expected a file in a folder that is there", "--html", "/nowhere/x.html")]
    [TestCase("--html: found '/tmp'", "--html", "/tmp")]
    [TestCase("--pictures: found ''", "--pictures", "")]
    [TestCase("Found no price for the hardware 'abacus'; expected one of a10, ", "--hardware", "abacus")]
    [TestCase("--usd-per-hour: found 'nowhere'; expected the id or the machine of a run", "--usd-per-hour", "nowhere=1")]
    [TestCase("--usd-per-hour: found '€1'", "--usd-per-hour", "k80=€1")]
    [TestCase("--hardware: found two values for all runs", "--hardware", "k80", "--hardware", "v100")]
    [TestCase("--purchase: found 'stolen'; expected on-demand, spot, reserved, on-premise", "--purchase", "stolen")]
    public void Decide_BadOption_IsWrongUsage(string message, params string[] options)
    {
        var (code, output, error) = BenchProgram.Run(["decide", .. StudyRuns, .. options]);

        Assert.That(error, Does.Contain(message));
        Assert.That(code, Is.EqualTo(2));
        Assert.That(output, Is.Empty);
    }

    [Test]
    public void Decide_MonthOfImages_HasABillOnTheConsoleAndInJson()
    {
        string[] month = ["decide", .. StudyRuns, "--images-per-month", "2000000", "--limit", "20ms", "--quantile", "mean"];

        var (code, output, error) = BenchProgram.Console(month);
        var (_, json, _) = BenchProgram.Console([.. month, "--json"]);
        var (_, markdown, _) = BenchProgram.Run(month);

        Assert.That(code, Is.Zero, error);
        Assert.That(output, Does.Match(@"(?m)^Plan +\S.* a month, always on").And.Contain("is computed, not measured: bench run"));
        Assert.That(output.Split('\n').Max(line => line.Length), Is.AtMost(120));
        using var read = JsonDocument.Parse(json);
        Assert.That(read.RootElement[0].GetProperty("plan").GetProperty("billUsd").GetDouble(), Is.Positive);
        Assert.That(markdown, Does.StartWith("# A month\n").And.Contain("# What to buy"));
    }

    [Test]
    public void Decide_SeveralBadOptions_AreReportedTogether()
    {
        var (code, _, error) = BenchProgram.Run(
            ["decide", .. StudyRuns, "--limit", "20", "--images-per-second", "-1", "--images-per-start", "many"]);

        Assert.That(error, Does.Contain("--limit: found '20'").And.Contain("--images-per-second: found '-1'")
            .And.Contain("--images-per-start: found 'many'"));
        Assert.That(code, Is.EqualTo(2));
    }

    [Test]
    public void Decide_RunWithoutAPrice_SaysWhyAndWhatToDo()
    {
        var (code, _, error) = BenchProgram.Run("decide", Windows);

        Assert.That(error,
            Does.Contain("has no price, for its processor calls itself 'Intel Core i5-4590S', which no hardware of the catalogue does. "
                + "Give --hardware 20191001-000000-i5-4590s-unknown=KEY"));
        Assert.That(code, Is.EqualTo(4));
    }

    [Test]
    public void Decide_PriceOfOneRun_IsTakenForThatOne()
    {
        var (code, output, _) = BenchProgram.Run(
            ["decide", .. StudyRuns, Windows, "--usd-per-hour", "i5-4590s/*=0.05", "--quantile", "mean", "--json"]);

        using var json = JsonDocument.Parse(output);
        Assert.That(code, Is.Zero);
        Assert.That(json.RootElement[0].GetProperty("choice").GetProperty("hardware").GetString(),
            Is.EqualTo("Intel Core i5-4590S"), "40.47 ms at 5 cents are $0.56");
    }

    [Test]
    public void Decide_OwnMachine_IsPricedByTheFile()
    {
        using var folder = new TemporaryFolder();
        var prices = folder.Write("mine.csv", """
            hardware,kind,name,patterns,vcpu,memory_gib,gpus,year
            radeon,gpu,AMD Radeon E9260,AMD Radeon E9260,,8,1,2016
            hardware,purchase_usd,years,watts,usd_per_kwh,utilisation,retrieved,source
            radeon,876,1,0,0,1,2026-01-01,invoice
            """);

        var (code, output, _) = BenchProgram.Run("decide", Windows, "--prices", prices, "--quantile", "mean");

        Assert.That(output, Does.Contain("on radeon, 54.95 ms at $0.100 an hour: $1.53 per million images"));
        Assert.That(output,
            Does.Contain("openvino-cpu/fp32/windows-x64")
                .And.Contain("its processor calls itself 'Intel Core i5-4590S', which no hardware of the catalogue does"),
            "what has no price is named");
        Assert.That(code, Is.Zero);
    }

    [Test]
    public void Decide_NothingMeasured_SaysOfWhichModel()
    {
        using var folder = new TemporaryFolder();
        folder.Write("run.json",
            File.ReadAllText(Path.Combine(StudyRuns[0], "run.json")).Replace("\"published\",", "\"failed\",", StringComparison.Ordinal)
                .Replace("\"profile\": \"failed\"", "\"profile\": \"published\"", StringComparison.Ordinal));

        var (code, output, error) = BenchProgram.Run("decide", folder.Path);

        Assert.That(error, Does.Contain("inceptionv3: found no cell with a time and a price").And.Contain("unet: found no cell"));
        Assert.That(output, Does.Contain("**Nothing to choose from**"));
        Assert.That(code, Is.EqualTo(4));
    }

    [Test]
    public void Decide_RealRuns_NamesAChoice()
    {
        var run = Directory.GetDirectories(Repository.File("artifacts", "reference")).Order(StringComparer.Ordinal).First();

        var (code, output, _) = BenchProgram.Run("decide", run, "--limit", "100ms", "--quantile", "p90", "--min-equivalence", "equivalent");

        Assert.That(output, Does.Contain("**Choice** within 100 ms: `inceptionv3/ort-cpu/fp32/")
            .And.Contain("**Choice** within 100 ms: `unet/ort-cpu/fp32/"));
        Assert.That(code, Is.Zero);
    }

    /// <summary>Five launches do not show what one request in a hundred takes, however many requests each has.</summary>
    [Test]
    public void Decide_RealRunsWithALimitOnP99_IsUndecided()
    {
        var run = Directory.GetDirectories(Repository.File("artifacts", "reference")).Order(StringComparer.Ordinal).First();

        var (code, output, _) = BenchProgram.Run("decide", run, "--limit", "100ms", "--quantile", "p99");

        Assert.That(output, Does.Contain("not enough launches: 5 launches of 705 iterations in all do not bound P99"));
        Assert.That(code, Is.EqualTo(3));
    }
}
