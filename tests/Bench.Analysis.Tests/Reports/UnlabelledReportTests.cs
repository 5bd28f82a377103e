using Bench.Analysis.Cost;
using Bench.Analysis.Decision;
using Bench.Analysis.Reports;
using Bench.Analysis.Runs;
using Bench.Analysis.Tests.Runs;
using Bench.Analysis.Trimming;
using Bench.Arrays.Npy;
using Bench.Arrays.Npz;

namespace Bench.Analysis.Tests.Reports;

/// <summary>A run of a network without labels, from its folder to the report and the decision.</summary>
public class UnlabelledReportTests
{
    private const int Images = 40;

    private TemporaryFolder _temporary = null!;
    private RunFolder _run = null!;

    [SetUp]
    public void Create()
    {
        _temporary = new TemporaryFolder();
        _run = LaunchFixture.Create(
            _temporary.File("run"), LaunchFixture.Plain, LaunchFixture.Half, LaunchFixture.Baseline, LaunchFixture.Threaded);
        var plan = _run.ReadPlan();
        _run.WriteManifest(plan with
        {
            Models = [.. plan.Models.Select(model => model with
            {
                Task = "none",
                HasLabels = false,
                DataCount = 2 * Images,
                EvaluatedCount = Images,
                Inputs = [new InputFacts("image", "float32", [1, 3, 8, 8], "drawn (normal, seed 1910)")],
                Outputs = [new OutputFacts("scores", "float32", [1, 2], true), new OutputFacts("boxes", "int64", [-1, 4], false)],
                Notes = ["it takes one image at a time: the file fixes the first axis at 1."],
                Volume = new VolumeFacts([16, 16], [8, 8], 0.5, 1, 2, 36),
            })],
        });
        Write(LaunchFixture.Plain, _ => 0, 10);
        Write(LaunchFixture.Threaded, _ => 0, 8);
        Write(LaunchFixture.Baseline, _ => 0.0001f, 12);
        Write(LaunchFixture.Half, image => image % 10 == 0 ? 0.4f : 0.001f, 6);
        LaunchFixture.Complete(_run);
    }

    [TearDown]
    public void Delete() => _temporary.Dispose();

    [Test]
    public void Markdown_NetworkWithoutLabels_IsTheGoldenOne() =>
        Golden.Match(Markdown(), "tests", "Bench.Analysis.Tests", "Data", "golden", "report-unlabelled.md");

    [Test]
    public void Markdown_TrimmedRun_SaysTheSame()
    {
        var before = Markdown();

        RunTrimmer.Trim(_run);

        Assert.That(Markdown(), Is.EqualTo(before));
        Assert.That(JsonSchemaCheck.Faults(
            Repository.File("src", "Bench.Analysis", "Runs", "quality.schema.json"), File.ReadAllText(_run.QualityPath)), Is.Empty);
    }

    [Test]
    public void Decide_NetworkWithoutLabels_GoesByTheOutputs()
    {
        var decision = DecisionBuilder.Build([_run], new RunPrice(PriceCatalogue.BuiltIn()), new DecisionOptions()).Single();

        Assert.That(decision.Candidates.Select(candidate => (candidate.Label, candidate.IsAcceptable)), Is.EquivalentTo(new[]
        {
            (LaunchFixture.Plain, true), (LaunchFixture.Threaded, true), (LaunchFixture.Baseline, true), (LaunchFixture.Half, false),
        }));
    }

    private string Markdown() => MarkdownReport.Write(ReportBuilder.Build([_run], new RunPrice(PriceCatalogue.BuiltIn())));

    private void Write(string cell, Func<int, float> offset, double ms)
    {
        var path = Path.Combine(_run.OutputsPath, $"{Path.GetRandomFileName()}.npy");
        NpyArray.FromSingles([.. Enumerable.Range(0, Images).SelectMany(image =>
            new[] { 0.2f + (0.005f * image) + offset(image), 0.8f - (0.005f * image) - offset(image) })],
            Images, 2).Write(path);
        // Named as launches name them: by what is in it.
        var name = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(path)))[..16];
        NpzFile.Write(path, Path.Combine(_run.OutputsPath, name + ".npz"));
        File.Delete(path);
        for (var round = 1; round <= 5; round++)
        {
            LaunchFixture.Write(_run, LaunchFixture.Record(cell, round, new OutputShare
            {
                File = $"outputs/{name}.npz",
                Images = [.. Enumerable.Range(0, Images)],
            }), ms);
        }
    }
}
