using System.Globalization;
using Bench.Analysis.Consoles;
using Bench.Analysis.Cost;
using Bench.Analysis.Decision;
using Bench.Analysis.Months;
using Bench.Analysis.Reports;
using Bench.Analysis.Rows;
using Bench.Analysis.Runs;
using Bench.Analysis.Tests.Runs;
using Bench.Pictures.Page;
using Bench.Pictures.Rendering;
using Jint;

namespace Bench.EndToEnd.Tests.Pictures;

/// <summary>The page's script decides and plans in JavaScript what the library does in C#: both must say the same, whatever is asked.
/// </summary>
public class PageScriptTests
{
    private const int Questions = 30;

    private TemporaryFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new TemporaryFolder();

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    [TestCase("machines", 1)]
    [TestCase("loads", 2)]
    [TestCase("own", 3)]
    public void Script_RandomQuestions_SaysWhatTheLibrarySays(string machines, int seed)
    {
        var (runs, report) = Read(machines);
        var random = new Random(seed);
        using var engine = Start(runs, report);
        for (var i = 0; i < Questions; i++)
        {
            var model = random.Next(report.Models.Count);
            var options = Options((LatencyQuantile)random.Next(4), random.Next(5) == 0 ? null : Around(random, 0.3, 3000));
            var decision = DecisionBuilder.Build(runs, report.Models, options)[model];
            var given = random.Next(3) == 0 ? Around(random, 0.01, 50) : (double?)null;
            var demand = new Demand
            {
                ImagesPerMonth = Math.Round(Around(random, 10, 1e10)),
                Hours = random.Next(2) == 0 ? WorkHours.Always : new WorkHours(7.5, 5),
                PeakFactor = 1 + random.Next(4),
                Together = random.Next(3) == 0 ? 48 : 1,
            };
            if (given is { } usd && decision.Candidates.Count > 0)
            {
                decision = Repriced(decision, decision.Candidates[random.Next(decision.Candidates.Count)], usd, options);
            }

            var asked = string.Create(CultureInfo.InvariantCulture,
                $"{machines} {decision.Model} {options.Quantile} {options.LimitMs} {demand} {given}");
            Assert.That(Choice(engine, model, options, decision), Is.EqualTo(Choice(decision)), asked);
            Assert.That(Month(engine, model, options, demand), Is.EqualTo(Month(MonthBuilder.Build(decision, demand))), asked);
        }
    }

    [Test]
    public void Fixed_RandomNumbers_AreThoseOfTheLibrary()
    {
        using var engine = new Engine();
        engine.Execute(Resources.Read("figures.js"));
        var random = new Random(4);
        for (var i = 0; i < 2000; i++)
        {
            var digits = random.Next(6);
            // Ties are where rounding differs: every third number ends in one.
            var value = Math.Pow(10, random.Next(-6, 12)) * random.NextDouble();
            value = i % 3 == 0 ? (double)(Math.Round((decimal)value, digits) + (5m * (decimal)Math.Pow(10, -digits - 1))) : value;
            var expected = value.ToString(digits == 0 ? "0" : $"0.{new string('0', digits)}", CultureInfo.InvariantCulture);

            Assert.That(engine.Evaluate(string.Create(CultureInfo.InvariantCulture, $"Figures.fixed({value:R}, {digits})")).AsString(),
                Is.EqualTo(expected), $"{value:R}");
        }
    }

    private static double Around(Random random, double low, double high) =>
        Math.Round(low * Math.Pow(high / low, random.NextDouble()), 4);

    private static DecisionOptions Options(LatencyQuantile quantile, double? limit) => new()
    {
        Quantile = quantile,
        LimitMs = limit,
        Draws = DecisionOptions.FewestDraws,
        AllowIncomplete = true,
        MinEquivalence = OutputRequirement.Any,
        MaxAccuracyDrop = double.PositiveInfinity,
    };

    /// <summary>The same decision where an hour of one hardware costs something else.</summary>
    private static ModelDecision Repriced(ModelDecision decision, JudgedCandidate of, double usd, DecisionOptions options)
    {
        var price = HourlyPrice.Given(usd, of.Hardware);
        var index = PriceKey.Of(of);
        return DecisionRule.Decide(
            decision.Model,
            [.. decision.Candidates.Select(judged => PriceKey.Of(judged) != index ? judged.Candidate : judged.Candidate with
            {
                Price = price,
                Cost = CostEstimate.Of(judged.Throughput, judged.Candidate.StartMs, price, options.Cost)!,
            })],
            options);
    }

    private static string Choice(ModelDecision decision) =>
        $"{decision.Outcome} {decision.Choice?.Candidate.Measurement} {decision.Choice?.Candidate.RunId}, tied "
        + string.Join(' ', decision.Choice?.TiedWith.Select(other => $"{other.Measurement}") ?? []);

    private static string Choice(Engine engine, int model, DecisionOptions options, ModelDecision decision)
    {
        engine.SetValue("priced", decision.Candidates
            .Select(judged => new { judged.Cell, judged.Run, judged.Price }).ToDictionary(
                judged => $"{judged.Run} {judged.Cell}",
                judged => judged.Price.Origin == "given by the user" && judged.Price.Hardware is not null ? judged.Price.UsdPerHour : -1));
        return engine.Evaluate($$"""
            model = data.models[{{model}}];
            question = { quantile: '{{PageData.Name(options.Quantile)}}', limitMs: {{Number(options.LimitMs)}}, imagesPerSecond: null };
            prices = data.prices.map(price => ({ ...price, given: null }));
            for (const candidate of model.candidates) {
              const given = priced[`${candidate.run} ${candidate.cell}`];
              const price = data.prices[candidate.price], by = 'given by the user';
              if (given > 0) prices[candidate.price] = { ...price, usdPerHour: given, sold: [], own: null, given, origin: by };
            }
            judged = Decision.judge(model, prices, question);
            chosen = Decision.choose(model, judged, question);
            ({ chosen: 'Chosen', undecided: 'Undecided', 'no-solution': 'NoSolution' })[chosen.outcome]
              + ` ${chosen.choice?.candidate.cell ?? ''} ${chosen.choice?.candidate.run ?? ''}, tied `
              + chosen.tied.map(one => one.candidate.cell).join(' ');
            """).AsString();
    }

    private static string Month(MonthDecision month) =>
        string.Join('\n', MonthText.Answer(month, ConsoleNames.Of).Select(row => $"{row.Label}: {row.Text}"))
        + "\n" + string.Join('\n', month.Plans.Select(plan =>
            $"{plan.Cell} {MonthText.Usd(plan.BillUsd)} {string.Join("; ", plan.Objections)}"));

    private static string Month(Engine engine, int model, DecisionOptions options, Demand demand) => engine.Evaluate($$"""
        asked = {
          imagesPerMonth: {{Number(demand.ImagesPerMonth)}}, together: {{demand.Together}}, peakFactor: {{Number(demand.PeakFactor)}},
          hours: { perDay: {{Number(demand.Hours.HoursPerDay)}}, days: {{demand.Hours.DaysPerWeek}} },
        };
        month = Month.build(judged, question, asked, data);
        MonthText.answer(month, question, asked).map(([label, text]) => `${label}: ${text}`).join('\n') + '\n'
          + month.plans.map(plan => `${plan.judged.candidate.cell} ${Figures.month(plan.bill)} ${plan.objections.join('; ')}`).join('\n');
        """).AsString();

    private static string Number(double? value) => value is { } number ? number.ToString("R", CultureInfo.InvariantCulture) : "null";

    private static Engine Start(IReadOnlyList<PricedRun> runs, Report report)
    {
        var content = PageContent.Of(
            runs, report, quantile => DecisionBuilder.Build(runs, report.Models, Options(quantile, null)),
            PageQuestion.Open(CostModel.Runtime));
        var engine = new Engine();
        foreach (var script in new[] { "figures.js", "decision.js", "month.js", "month-text.js" })
        {
            engine.Execute(Resources.Read(script));
        }

        engine.SetValue("text", PageData.Of(content).ToJson());
        engine.Execute("const data = JSON.parse(text); let model, question, prices, judged, chosen, asked, month;");
        return engine;
    }

    private (IReadOnlyList<PricedRun> Runs, Report Report) Read(string name)
    {
        static RunFolder Reference(string id) => new(Repository.File("artifacts", "reference", id));
        IReadOnlyList<RunFolder> folders = name == "loads"
            ? [BatchFixture.Create(_folder.File("loads"), openMs: 20)]
            : [Reference("20261127-065316-vm-a276ba6"), Reference("20261127-063249-vm-a276ba6")];
        var own = PriceCatalogue.Parse(
            """
            hardware,kind,name,patterns,vcpu,memory_gib,gpus,year
            lab,cpu,The machine in the lab,,2,24,0,2023
            hardware,purchase_usd,years,watts,usd_per_kwh,utilisation,retrieved,source
            lab,4200,4,180,0.28,0.5,2026-11-01,invoice 815
            """, "own.csv");
        var price = new RunPrice(PriceCatalogue.BuiltIn().With(own))
        {
            HardwareOfRuns = name == "own" ? [new PriceAssignment<string>("20261127-065316-vm-a276ba6", "lab")] : [],
        };
        var runs = PricedRun.Read(folders, price);
        return (runs, ReportBuilder.Build(runs, CostModel.Runtime));
    }
}
