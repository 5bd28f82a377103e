using System.Globalization;
using System.Text.Json.Nodes;
using Bench.Analysis.Tests.Runs;
using Bench.EndToEnd.Tests.Cli;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Bench.EndToEnd.Tests.Pictures;

/// <summary>The page as a person uses it, in a real browser without a network.</summary>
public class ReportPageTests
{
    private static readonly string[] Study = [.. Directory.GetDirectories(Repository.File("artifacts", "reference", "study-2019", "table1"))
        .Order(StringComparer.Ordinal)];
    private static readonly string[] Anything = ["--max-accuracy-drop", "any", "--min-equivalence", "any", "--quantile", "mean"];
    private static readonly string[] TwoMachines =
    [
        Repository.File("artifacts", "reference", "20261127-065316-vm-a276ba6"),
        Repository.File("artifacts", "reference", "20261127-063249-vm-a276ba6"), "--allow-incomplete", "--models", "unet",
    ];

    private TemporaryFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new TemporaryFolder();

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

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
    [Test]
    public async Task Page_DeskAndTelephone_Fits([Values(1400, 390)] int width, [Values("decide", "report")] string verb)
    {
        await using var browser = await Chromium.StartAsync();
        string[] arguments = verb == "report" ? TwoMachines[..2]
            : [.. TwoMachines, "--images-per-month", "2000000", "--limit", "20ms", "--quantile", "p99"];
        var (page, complaints) = await browser.OpenAsync(Write(verb, arguments), width: width);
        await Expect(page.Locator("html")).ToHaveAttributeAsync("data-ready", "yes");

        Assert.That(await page.EvaluateAsync<int>("document.documentElement.scrollWidth"), Is.AtMost(width));
        await page.Locator("details.report > summary").ClickAsync();
        Assert.That(await page.EvaluateAsync<int>("document.documentElement.scrollWidth"), Is.AtMost(width), "unfolded");
        foreach (var table in await page.Locator("table.candidates").AllAsync())
        {
            Assert.That(await table.EvaluateAsync<double>("table => table.getBoundingClientRect().right"), Is.AtMost(width));
        }

        Assert.That(complaints, Is.Empty);
    }

    [Test]
    public async Task Top_OfThePage_SaysWhatWasMeasuredAndWhen()
    {
        await using var browser = await Chromium.StartAsync();
        var (page, _) = await browser.OpenAsync(Write("decide", TwoMachines));

        Assert.That(await page.TitleAsync(), Is.EqualTo("Bench: unet"));
        await Expect(page.Locator("header h1")).ToHaveTextAsync("Bench: unet");
        await Expect(page.Locator(".runs li").First)
            .ToContainTextAsync("AMD EPYC, 2 cores, 24 GiB; no GPU; Debian GNU/Linux 12 (bookworm) measured 2026-11-27, profile default");
        await Expect(page.Locator(".runs li").Nth(1)).ToContainTextAsync("NVIDIA H200");
        await Expect(page.Locator(".runs .caution")).ToContainTextAsync("The run was interrupted");
        await Expect(page.Locator("section.model > figure")).ToHaveCountAsync(1);
        await Expect(page.Locator("details.more[open], details.report[open]")).ToHaveCountAsync(0);
    }

    [Test]
    public async Task Heading_Clicked_SortsTheTable()
    {
        await using var browser = await Chromium.StartAsync();
        var (page, complaints) = await browser.OpenAsync(Write("report", RealRun()));
        await Expect(page.Locator("html")).ToHaveAttributeAsync("data-ready", "yes");
        await page.Locator("details.report > summary").ClickAsync();
        var table = page.Locator("details.report table", new() { HasText = "P99" }).First;

        await table.Locator("th", new() { HasText = "P99" }).ClickAsync();
        var up = await Column(table, 4);
        await table.Locator("th", new() { HasText = "P99" }).ClickAsync();
        var down = await Column(table, 4);

        Assert.That(up, Has.Count.GreaterThan(3).And.Ordered);
        Assert.That(down, Is.EqualTo(up.AsEnumerable().Reverse()));
        Assert.That(complaints, Is.Empty);
    }

    [Test]
    public async Task Point_Hovered_ShowsItsNumbers()
    {
        await using var browser = await Chromium.StartAsync();
        var (page, _) = await browser.OpenAsync(Write("decide", [.. Study, "--quantile", "mean"]));
        await page.Locator("section[data-model=inceptionv3] details.more > summary").ClickAsync();
        var figure = page.Locator("figure[data-picture='inceptionv3-pareto.svg']");

        await figure.Locator(".mark-symbol path[aria-label*='k80']").HoverAsync();

        await Expect(page.Locator("#tooltip")).ToContainTextAsync("tensorrt fp32 on k80");
        await Expect(page.Locator("#tooltip")).ToContainTextAsync("4.44");
    }

    [Test]
    public async Task Colours_DarkPage_AreTheDarkOnes()
    {
        await using var browser = await Chromium.StartAsync();
        var (page, complaints) = await browser.OpenAsync(Write("decide", [.. Study, "--quantile", "mean"]), ColorScheme.Dark);
        await Expect(page.Locator("html")).ToHaveAttributeAsync("data-ready", "yes");

        await Expect(page.Locator("figure svg text[fill='#1f2328']")).ToHaveCountAsync(0);
        Assert.That(await page.Locator("figure svg text[fill='#e6edf3']").CountAsync(), Is.GreaterThan(5));
        Assert.That(complaints, Is.Empty);
    }

    /// <summary>What a run says is text, whatever it looks like.</summary>
    [Test]
    public async Task Text_ThatLooksLikeCode_IsShown()
    {
        await using var browser = await Chromium.StartAsync();
        var run = _folder.File("run");
        Directory.CreateDirectory(run);
        var manifest = JsonNode.Parse(File.ReadAllText(Path.Combine(Study[0], "run.json")))!;
        const string Attack = "</script><img src=x onerror=\"document.title='broken'\">{{body}}[click](javascript:alert(1)) "
            + "![x](http://example.invalid/x.png) <http://example.invalid/>";
        manifest["machine"]!["name"] = Attack;
        manifest["models"]![0]!["title"] = Attack;
        manifest["hardware"] = null;
        File.WriteAllText(Path.Combine(run, "run.json"), manifest.ToJsonString());

        var (page, complaints) = await browser.OpenAsync(Write("decide", run));
        await Expect(page.Locator("html")).ToHaveAttributeAsync("data-ready", "yes");

        Assert.That(await page.TitleAsync(), Does.StartWith("Bench:"));
        Assert.That(await page.Locator("section.model p").First.TextContentAsync(), Is.EqualTo(Attack));
        Assert.That(await page.Locator("a, img").CountAsync(), Is.Zero, "nothing to click, nothing to fetch");
        Assert.That(complaints, Is.Empty);
    }

    /// <summary>Nobody can read two labels that lie on each other.</summary>
    [Long]
    [Test]
    public async Task Labels_EveryPicture_DoNotOverlap()
    {
        await using var browser = await Chromium.StartAsync();
        var pictures = _folder.File("pictures");
        var all = new[] { "study", "real", "crowd", "batches" };
        Assert.That(BenchProgram.Run(["decide", Batches(), .. Anything, "--pictures", Path.Combine(pictures, "batches")]).Code, Is.Zero);
        string[] study = ["decide", .. Study, "--quantile", "mean", "--pictures", Path.Combine(pictures, "study")];
        Assert.That(BenchProgram.Run(study).Code, Is.Zero);
        Assert.That(BenchProgram.Run("decide", RealRun(), "--pictures", Path.Combine(pictures, "real")).Code, Is.Zero);
        Assert.That(BenchProgram.Run(["decide", .. Crowd(), "--pictures", Path.Combine(pictures, "crowd")]).Code, Is.Zero);
        foreach (var file in all.SelectMany(name => Directory.GetFiles(Path.Combine(pictures, name))).Order(StringComparer.Ordinal))
        {
            var (page, _) = await browser.OpenAsync(file);
            var overlaps = await page.EvaluateAsync<string[]>("""
                () => {
                  const texts = [...document.querySelectorAll('text')].filter(text => text.textContent.trim()
                    && getComputedStyle(text).opacity !== '0' && !text.closest('[opacity="0"]'));
                  const boxes = texts.map(text => ({ text: text.textContent, box: text.getBoundingClientRect() }));
                  const found = [];
                  for (let i = 0; i < boxes.length; i++) for (let j = i + 1; j < boxes.length; j++) {
                    const [a, b] = [boxes[i].box, boxes[j].box];
                    if (a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 2 && b.top < a.bottom - 2)
                      found.push(boxes[i].text + ' | ' + boxes[j].text);
                  }
                  const frame = document.documentElement.getBoundingClientRect();
                  for (const { text, box } of boxes)
                    if (box.left < frame.left - 1 || box.right > frame.right + 1) found.push(text + ' | the edge');
                  return found;
                }
                """);

            Assert.That(overlaps, Is.Empty, file);
            await page.Context.CloseAsync();
        }
    }

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

    private static async Task<List<double>> Column(ILocator table, int column)
    {
        var texts = await table.Locator($"tbody tr td:nth-child({column + 1})").AllTextContentsAsync();
        return [.. texts.Where(text => char.IsAsciiDigit(text[0]))
            .Select(text => double.Parse(text.TrimEnd('*'), CultureInfo.InvariantCulture))];
    }

    /// <summary>Ten machines with two engines of long names each; times span more than a thousand, and each machine is a step.</summary>
    private IEnumerable<string> Crowd()
    {
        for (var i = 0; i < 10; i++)
        {
            var manifest = JsonNode.Parse(File.ReadAllText(Path.Combine(Study[0], "run.json")))!;
            manifest["id"] = $"20191001-000000-machine-{i}-unknown";
            manifest["machine"]!["name"] = $"machine-number-{i}";
            manifest["hardware"] = null;
            manifest["usdPerHour"] = 100 / Math.Pow(3, i);
            var cell = manifest["cells"]![0]!;
            manifest["cells"] = new JsonArray([.. new[] { 1.0, 1.3 }.Select(factor =>
            {
                var copy = cell.DeepClone();
                var backend = factor > 1 ? "an-engine-with-a-rather-long-name" : "another-engine";
                copy["backend"] = backend;
                copy["id"] = $"inceptionv3/{backend}/fp32/linux-x64";
                copy["published"]!["meanMs"] = 0.02 * factor * Math.Pow(2.3, i);
                return copy;
            })]);
            var folder = _folder.File($"machine-{i}");
            Directory.CreateDirectory(folder);
            File.WriteAllText(Path.Combine(folder, "run.json"), manifest.ToJsonString());
            yield return folder;
        }
    }

    private string Batches()
    {
        var path = _folder.File("batches");
        return Directory.Exists(path) ? path : BatchFixture.Create(path, openMs: 20).Path;
    }

    private static string RealRun() =>
        Directory.GetDirectories(Repository.File("artifacts", "reference")).Order(StringComparer.Ordinal).First();

    private string Write(string verb, params string[] runs)
    {
        var file = _folder.File("report.html");
        var (code, _, error) = BenchProgram.Run([verb, .. runs, "--html", file]);
        // A report of a run that was stopped says so.
        Assert.That(code, Is.Zero.Or.EqualTo(verb == "report" ? 4 : 0), error);
        return file;
    }
}
