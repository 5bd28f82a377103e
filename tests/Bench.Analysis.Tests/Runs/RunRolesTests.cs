using Bench.Analysis.Cost;
using Bench.Analysis.Input;
using Bench.Analysis.Measurements;
using Bench.Analysis.Reports;
using Bench.Analysis.Runs;

namespace Bench.Analysis.Tests.Runs;

public class RunRolesTests
{
    private static readonly RunRoles Others = new(new CellRole("ort-cpu", "fp32"), new CellRole("ort-cpu-unoptimized", "fp32"));

    [Test]
    public void Build_RunWithItsOwnRoles_ComparesWithThese()
    {
        using var temporary = new TemporaryFolder();
        var folder = RunFixture.Create(temporary.Path, manifest => manifest with { Roles = Others });

        var report = ReportBuilder.Build([folder], new RunPrice(PriceCatalogue.BuiltIn()));

        var rows = report.Models.Single().Rows.Take(3).ToList();
        Assert.That(rows.Select(row => row.IsReference), Is.EqualTo([false, false, true]));
        Assert.That(rows.Select(row => row.Comparison?.ReferenceCellId),
            Is.EqualTo([RunFixture.CellIds[2], RunFixture.CellIds[2], null]));
        Assert.That(rows[0].TimeAgainstBaseline, Is.EqualTo(1).Within(1e-12));
        Assert.That(rows[2].TimeAgainstBaseline, Is.EqualTo(rows[2].Latency!.MeanMs / rows[0].Latency!.MeanMs).Within(1e-12));
        Assert.That(MarkdownReport.Write(report), Does.Contain("the time for an image over that of `ort-cpu/fp32`; below 1")
            .And.Contain("against `ort-cpu-unoptimized/fp32` of"));
    }

    [Test]
    public void ReadManifest_Roles_AreThoseThatWereWritten()
    {
        using var temporary = new TemporaryFolder();

        Assert.That(RunFixture.Create(temporary.Path, manifest => manifest with { Roles = Others }).ReadManifest().Roles,
            Is.EqualTo(Others));
    }

    [Test]
    public void ReadManifest_RunsBeforeThereWereRoles_HaveTheStandardOnes() => Assert.That(
        Directory.GetFiles(Repository.File("artifacts", "reference"), "run.json", SearchOption.AllDirectories)
            .Select(file => new RunFolder(Path.GetDirectoryName(file)!).ReadManifest().Roles),
        Is.Not.Empty.And.All.EqualTo(RunRoles.Standard));

    [TestCase("null")]
    [TestCase("{}")]
    [TestCase("""{ "baseline": null, "reference": null }""")]
    public void ReadManifest_DamagedRoles_AreRefused(string roles)
    {
        using var temporary = new TemporaryFolder();
        var folder = RunFixture.Create(temporary.Path);
        File.WriteAllText(folder.ManifestPath,
            File.ReadAllText(folder.ManifestPath).Replace("\"models\": [", $"\"roles\": {roles}, \"models\": [", StringComparison.Ordinal));

        Assert.That(folder.ReadManifest, Throws.TypeOf<RunFormatException>());
    }

    [TestCase("ort-cpu", true, true)]
    [TestCase("ort-cpu@1.30.0", false, true)]
    [TestCase("ort-cpu+threads=8", false, true)]
    [TestCase("ort-cpu+graph=on", false, false)]
    [TestCase("ort-cpu-unoptimized", false, false)]
    public void Is_VersionsAndVariants_AreIncludedAndNotTheCellItself(string backend, bool isIt, bool isIncluded)
    {
        var cell = CellId.Parse($"net/{backend}/fp32/linux-x64");

        Assert.That((Others.Baseline.Is(cell), Others.Baseline.Includes(cell)), Is.EqualTo((isIt, isIncluded)));
    }

    [TestCase("ort-cpu/fp16", null, "fp16")]
    [TestCase("tensorflow-cpu/fp32", null, "tensorflow-fp32")]
    [TestCase("tensorflow-cpu/fp16", "fp32", "fp32")]
    [TestCase("ort-cpu/fp16", "other", null)]
    public void ModelFile_OfACell_IsTheOneItSaysOrElseThatOfItsBackend(string cell, string? said, string? expected)
    {
        var manifest = RunFixture.Manifest();
        var files = new[] { "fp32", "fp16", "tensorflow-fp32" }.ToDictionary(key => key, key => new FileFacts(key, 1));
        manifest = manifest with { Models = [manifest.Models[0] with { Files = files }] };

        var file = manifest.ModelFile(manifest.Cells[0] with { Id = CellId.Parse($"tiny/{cell}/linux-x64"), ModelFile = said });

        Assert.That(file?.Sha256, Is.EqualTo(expected));
    }
}
