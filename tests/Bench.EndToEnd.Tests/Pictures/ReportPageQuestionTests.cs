using System.Globalization;
using System.Text.Json.Nodes;
using Bench.EndToEnd.Tests.Cli;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Bench.EndToEnd.Tests.Pictures;

/// <summary>What a person asks of the page, in a real browser without a network: its answers are those of the command.</summary>
public class ReportPageQuestionTests : ReportPageFixture
{
    [Test]
    public async Task Slider_Moved_MovesTheDecision()
    {
        await using var browser = await Chromium.StartAsync();
        var (page, complaints) = await browser.OpenAsync(Write("decide", [.. Study, "--quantile", "mean"]));
        var section = page.Locator("section[data-model=inceptionv3]");
        var choice = section.Locator(".choice");
        var limit = section.Locator(".limit-ms");

        await Expect(choice).ToContainTextAsync("Without a time limit: openvino-cpu fp32 on xeon, $1.68 per million images");
        await limit.FillAsync("10");
        await limit.PressAsync("Enter");
        await Expect(choice).ToContainTextAsync("Mean within 10 ms: tensorrt fp16 on v100, $2.88 per million images. "
            + "It saves $1.16 (29 %) against tensorrt fp32 on v100");
        await Expect(section.Locator(".candidates tr.chosen td").First).ToHaveTextAsync("tensorrt fp16v100");
        await Expect(section.Locator(".candidates tr", new() { HasText = "xeon" }).Locator(".state")).ToHaveTextAsync("missed");

        // By hand now: to the left end, where nothing is fast enough, and to the right one.
        var slider = (await section.Locator(".limit").BoundingBoxAsync())!;
        await page.Mouse.ClickAsync(slider.X + 2, slider.Y + (slider.Height / 2));
        await Expect(choice).ToContainTextAsync("no solution");
        await page.Mouse.ClickAsync(slider.X + slider.Width - 2, slider.Y + (slider.Height / 2));
        await Expect(choice).ToContainTextAsync("on xeon, $1.68");
        await section.Locator(".no-limit").ClickAsync();
        await Expect(choice).ToContainTextAsync("Without a time limit");
        Assert.That(complaints, Is.Empty);
    }

    /// <summary>At every limit the page says what the command says.</summary>
    [Test]
    public async Task Limits_Many_GiveTheCommandsChoice()
    {
        await using var browser = await Chromium.StartAsync();
        var run = RealRun();
        var (page, _) = await browser.OpenAsync(Write("decide", run));
        await Expect(page.Locator("html")).ToHaveAttributeAsync("data-ready", "yes");
        foreach (var limit in new[] { "15", "20.2", "20.6", "25", "25.4", "26", "33", "60" })
        {
            var decisions = JsonNode.Parse(BenchProgram.Run("decide", run, "--limit", limit + "ms", "--json").Output)!.AsArray();
            foreach (var decision in decisions)
            {
                var section = page.Locator($"section[data-model={(string)decision!["model"]!}]");
                await section.Locator(".limit-ms").FillAsync(limit);
                await section.Locator(".limit-ms").PressAsync("Enter");
                await ExpectChoice(section, decision);
                foreach (var candidate in decision["candidates"]!.AsArray())
                {
                    var row = section.Locator($".candidates tr[data-cell='{(string)candidate!["cell"]!}']");
                    var objections = candidate["objections"]!.AsArray().Select(objection => (string)objection!).ToList();
                    await Expect(row.Locator(".state")).ToContainTextAsync(objections.Count > 0 ? "not acceptable"
                        : await row.GetAttributeAsync("class") == "chosen" ? "the choice"
                        : (string)candidate["feasibility"]! switch
                        {
                            "feasible" => "met",
                            "infeasible" => "missed",
                            var other => other,
                        });
                    await Expect(section.Locator(".reasons")).ToContainTextAsync(string.Join("; ", objections));
                }
            }
        }
    }

    /// <summary>At every limit and rate the page says what the command says, whatever the batch.</summary>
    [TestCase]
    [TestCase("--images-per-second", "90")]
    public async Task Limits_BatchesAndStreams_GiveTheCommandsChoice(params string[] rate)
    {
        await using var browser = await Chromium.StartAsync();
        string[] arguments = [Batches(), .. Anything, .. rate];
        var (page, complaints) = await browser.OpenAsync(Write("decide", arguments));
        await Expect(page.Locator("html")).ToHaveAttributeAsync("data-ready", "yes");
        foreach (var limit in new[] { "9", "10.3", "12", "18", "22", "40" })
        {
            var (_, output, _) = BenchProgram.Run(["decide", .. arguments, "--limit", limit + "ms", "--json"]);
            var decision = JsonNode.Parse(output)!.AsArray()[0]!;
            await page.Locator(".limit-ms").FillAsync(limit);
            await page.Locator(".limit-ms").PressAsync("Enter");
            await ExpectChoice(page.Locator("section.model"), decision);
        }

        await Expect(page.Locator(".candidates tr[data-cell*='batch=4+streams=2'] td").First).ToContainTextAsync("batch 4, 2 streams");
        Assert.That(complaints, Is.Empty);
    }

    /// <summary>Whatever a reader asks of a month, the page says what the command says.</summary>
    [Test]
    public async Task Questions_OfAMonth_GiveTheCommandsAnswer()
    {
        await using var browser = await Chromium.StartAsync();
        string[] arguments = [.. TwoMachines, "--images-per-month", "2000000", "--limit", "20ms", "--quantile", "p99"];
        var (page, complaints) = await browser.OpenAsync(Write("decide", arguments));
        var section = page.Locator("section.model");
        await Expect(section.Locator(".volume")).ToHaveValueAsync("2,000,000");
        await ExpectMonth(section, arguments);

        foreach (var (volume, hours, peak, limit, quantile) in new[]
        {
            ("3e9", "8x5", "2", "20", "p99"), ("50,000,000", "24x7", "3", "60", "mean"), ("1000", "12x6", "1", "0.1", "p90"),
            ("7e8", "24x7", "10", "", "p50"),
        })
        {
            await section.Locator(".volume").FillAsync(volume);
            await section.Locator(".hours").SelectOptionAsync(hours);
            await section.Locator(".peak").FillAsync(peak);
            await section.Locator(".limit-ms").FillAsync(limit);
            await section.Locator(".quantile").SelectOptionAsync(quantile);
            string[] limits = limit.Length == 0 ? [] : ["--limit", $"{limit}ms"];
            var images = double.Parse(volume, CultureInfo.InvariantCulture).ToString("0", CultureInfo.InvariantCulture);
            await ExpectMonth(section, [.. TwoMachines, "--images-per-month", images, "--hours", hours, "--peak-factor", peak,
                "--quantile", quantile, .. limits]);
        }

        await section.Locator(".volume").FillAsync(string.Empty);
        await section.Locator(".volume").PressAsync("Enter");
        await Expect(section.Locator("dl.month")).ToBeHiddenAsync();
        Assert.That(complaints, Is.Empty);
    }

    [Test]
    public async Task Price_Given_MovesTheAnswerAndTheBill()
    {
        await using var browser = await Chromium.StartAsync();
        var (page, complaints) = await browser.OpenAsync(
            Write("decide", [.. TwoMachines, "--images-per-month", "2000000", "--limit", "60ms"]));
        var section = page.Locator("section.model");
        await Expect(section.Locator("dl.month dd").First).ToContainTextAsync("AMD EPYC, 2 cores, one machine: $55.85 a month");
        var row = page.Locator(".prices div", new() { HasText = "one h200" });
        var price = row.Locator(".price");
        await Expect(price).ToHaveAttributeAsync("placeholder", "7.912");

        await price.FillAsync("0.05");
        await row.Locator(".in-parts").UncheckAsync();

        await Expect(section.Locator("dl.month dd").First)
            .ToContainTextAsync("on h200, one machine: $36.50 a month, always on, at $0.05 an hour, given on this page");
        await Expect(section.Locator(".at-listed")).ToBeVisibleAsync();
        await price.FillAsync(string.Empty);
        await row.Locator(".in-parts").CheckAsync();
        await Expect(section.Locator("dl.month dd").First).ToContainTextAsync("$55.85");
        await Expect(section.Locator(".at-listed")).ToBeHiddenAsync();
        Assert.That(complaints, Is.Empty);
    }

    /// <summary>What is no number has no answer, and is never taken for something else.</summary>
    [Test]
    public async Task Field_ThatMakesNoSense_HasNoAnswer()
    {
        await using var browser = await Chromium.StartAsync();
        var (page, complaints) = await browser.OpenAsync(
            Write("decide", [.. TwoMachines, "--images-per-month", "2000000", "--limit", "60ms"]));
        foreach (var (field, text, fault) in new[]
        {
            (".volume", "2m", "A month: found '2m'; expected a number of images from 1 on, or nothing for none."),
            (".volume", "2.000.000", "A month: found '2.000.000'"),
            (".volume", "2,5", "A month: found '2,5'"),
            (".volume", "1e30", "A month: found '1e30'"),
            (".limit-ms", "-20", "Time limit: found '-20'; expected a number of ms above 0, or nothing for none."),
            (".limit-ms", "60,5", "Time limit: found '60,5'"),
            (".peak", "0", "At the peak: found '0'; expected a number from 1 on."),
            (".peak", "", "At the peak: found ''"),
            (".price >> nth=0", "-1",
                "h200: found '-1'; expected USD an hour, above 0 and at most 1,000,000, or nothing for the listed price."),
            (".price >> nth=0", "1e300", "h200: found '1e300'"),
        })
        {
            var input = page.Locator(field);
            var before = await input.InputValueAsync();
            await input.FillAsync(text);
            await Expect(page.Locator(".faults")).ToContainTextAsync(fault);
            await Expect(page.Locator("dl.month")).ToBeHiddenAsync();
            await Expect(page.Locator("table.candidates")).ToBeHiddenAsync();
            await input.FillAsync(before);
            await Expect(page.Locator("dl.month dd").First).ToContainTextAsync("$55.85");
            await Expect(page.Locator(".faults")).ToHaveTextAsync(string.Empty);
        }

        Assert.That(complaints, Is.Empty);
    }

    /// <summary>The listed price, typed, changes nothing; what is sold by eight is sold so at another price, too, until one says not.
    /// </summary>
    [Test]
    public async Task Price_OfOneOfEight_IsThatOfOne()
    {
        await using var browser = await Chromium.StartAsync();
        var (page, complaints) = await browser.OpenAsync(
            Write("decide", [.. TwoMachines, "--images-per-month", "2000000", "--limit", "20ms", "--quantile", "p99"]));
        var answer = page.Locator("dl.month dd").First;
        var row = page.Locator(".prices div", new() { HasText = "one h200" });

        await row.Locator(".price").FillAsync("7.912");
        await Expect(answer).ToContainTextAsync("one part: $46,206.08 a month, always on, as 1 × a machine of 8 at $63.296 an hour");
        await row.Locator(".in-parts").UncheckAsync();
        await Expect(answer).ToContainTextAsync("one machine: $5,775.76 a month, always on, at $7.912 an hour, given on this page");
        await row.Locator(".price").FillAsync(string.Empty);
        await Expect(answer).ToContainTextAsync("$5,775.76");
        await row.Locator(".in-parts").CheckAsync();
        await Expect(answer).ToContainTextAsync("as 1 × AWS p5en.48xlarge");
        Assert.That(complaints, Is.Empty);
    }

    /// <summary>Neither the page nor the table of candidates scrolls sideways, on a desk or on a telephone.</summary>
    private static async Task ExpectChoice(ILocator section, JsonNode decision)
    {
        var outcome = (string)decision["outcome"]!;
        var cell = outcome == "chosen" ? $"[data-cell='{decision["choice"]!["cell"]}']" : string.Empty;
        await Expect(section.Locator($".candidates tr.chosen{cell}")).ToHaveCountAsync(cell.Length > 0 ? 1 : 0);
        await Expect(section.Locator(".choice"))
            .ToContainTextAsync(outcome switch { "chosen" => "per million images", "undecided" => "undecided", _ => "no solution" });
    }

    /// <summary>The command's sentences are the page's, but for where the console breaks them.</summary>
    private static async Task ExpectMonth(ILocator section, string[] arguments)
    {
        var (_, output, _) = BenchProgram.Console(["decide", .. arguments]);
        var lines = output.Split("\n\n")[0].Split('\n').Skip(1).Aggregate(new List<string>(), (list, line) =>
        {
            if (line[0] == ' ')
            {
                list[^1] += " " + line.Trim();
            }
            else
            {
                list.Add(line);
            }

            return list;
        });
        await Expect(section.Locator("dl.month dt")).ToHaveTextAsync(lines.Select(line => line[..12].Trim()).ToArray());
        await Expect(section.Locator("dl.month dd")).ToHaveTextAsync(lines.Select(line => line[12..].Trim()).ToArray());
    }
}
