using System.Globalization;
using System.Text.Json.Nodes;
using Bench.EndToEnd.Tests.Cli;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Bench.EndToEnd.Tests.Pictures;

/// <summary>The page as a person sees it, in a real browser without a network.</summary>
public class ReportPageTests : ReportPageFixture
{
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
        var run = Folder.File("run");
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
        var pictures = Folder.File("pictures");
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
            var folder = Folder.File($"machine-{i}");
            Directory.CreateDirectory(folder);
            File.WriteAllText(Path.Combine(folder, "run.json"), manifest.ToJsonString());
            yield return folder;
        }
    }
}
