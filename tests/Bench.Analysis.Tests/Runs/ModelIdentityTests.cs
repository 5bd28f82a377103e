using Bench.Analysis.Comparison;
using Bench.Analysis.Cost;
using Bench.Analysis.Decision;
using Bench.Analysis.Input;
using Bench.Analysis.Reports;
using Bench.Analysis.Runs;

namespace Bench.Analysis.Tests.Runs;

/// <summary>A model is its source network with its weights, and the files of version 1 are their own sources.</summary>
public class ModelIdentityTests
{
    private static readonly RunPrice Price = new(PriceCatalogue.BuiltIn());

    [TestCase("a", null, "a", null, true)]
    [TestCase("a", null, "b", null, false)]
    [TestCase("a", "s", "b", "s", true)]
    [TestCase("a", "s", "a", "t", false)]
    [TestCase("a", "s", "a", null, true)]
    [TestCase("a", "s", "b", null, false)]
    public void IsSameNetworkAs_TwoFiles_GoesBySourcesWhereBothTell(
        string file, string? source, string other, string? otherSource, bool isSame)
    {
        var (one, two) = (File(file, source), File(other, otherSource));

        Assert.That((one.IsSameNetworkAs(two), two.IsSameNetworkAs(one)), Is.EqualTo((isSame, isSame)));
    }

    [Test]
    public void Differing_FilesOfOneSource_AreOneModel() => Assert.That(
        Differing([("fp32", File("a", "s")), ("fp16", File("b", "s", "by hand"))], [("fp16", File("c", "s", "by machine"))]), Is.Empty);

    [Test]
    public void Differing_OtherSources_AreNamedWithTheirRuns()
    {
        var difference = Differing([("fp32", File("a", "s"))], [("fp32", File("a", "t"))]).Single();

        Assert.That((difference.Kind, difference.IsOfSources), Is.EqualTo(("fp32", true)));
        Assert.That(difference.Found, Is.EqualTo([(Hash("s"), "0"), (Hash("t"), "1")]));
    }

    [Test]
    public void Differing_VersionOneBesideTwo_GoesByFiles()
    {
        Assert.That(Differing([("fp32", File("a", null))], [("fp32", File("a", "s"))]), Is.Empty);
        Assert.That(Differing([("fp32", File("a", null))], [("fp32", File("b", "s"))]).Single().Found,
            Is.EqualTo([(Hash("a"), "0"), (Hash("b"), "1")]));
    }

    // A network of its own and one made from another: the run that measured the half-precision file knows its source.
    [TestCase("s", "s", "by hand", true)]
    [TestCase("s", "t", "by hand", false)]
    [TestCase("s", "t", null, true)]
    [TestCase(null, "t", "by hand", true)]
    public void Differing_RunsWithNoKindInCommon_AreToldApartByWhatFilesWereMadeFrom(
        string? source, string other, string? recipe, bool isOne) => Assert.That(
        Differing([("fp32", File("a", source))], [("fp16", File("b", other, recipe))]), Has.Count.EqualTo(isOne ? 0 : 1));

    [Test]
    public void Decide_FilesOfOneSource_AreOneModelAndOthersAreNot()
    {
        using var folder = new TemporaryFolder();
        var (one, same, other) = (Run(folder, 1, "s", "b"), Run(folder, 2, "s", "c"), Run(folder, 3, "t", "b"));

        Assert.That(() => DecisionBuilder.Build([one, same], Price, new DecisionOptions()), Throws.Nothing);
        Assert.That(() => DecisionBuilder.Build([one, other], Price, new DecisionOptions()),
            Throws.TypeOf<RunFormatException>().With.Message.Contains($"different networks of tiny at fp16: {Hash("s")[..12]} in ")
                .And.Message.Contains($"{Hash("t")[..12]} in "));
    }

    [Test]
    public void Report_OtherNetworks_SaysSo()
    {
        using var folder = new TemporaryFolder();
        var (one, same, other) = (Run(folder, 1, "s", "b"), Run(folder, 2, "s", "c"), Run(folder, 3, "t", "b"));

        Assert.That(ReportBuilder.Build([one, same], Price).Models[0].Warnings,
            Has.None.Contain("different networks").Or.Contain("different files"));
        Assert.That(
            ReportBuilder.Build([one, other], Price).Models[0].Warnings, Has.One.Contain("different networks by the name of this model"));
    }

    /// <summary>The recipe is a trait; the file is one only where source and recipe are the same.</summary>
    [TestCase("s", "c", "by hand", new[] { "model file" })]
    [TestCase("s", "c", "by machine", new[] { "model recipe" })]
    [TestCase("t", "c", "by hand", new[] { "model source" })]
    [TestCase("s", "b", "by hand", new string[0])]
    public void Compare_HalfPrecisionFile_ShowsSourceAndRecipe(string source, string file, string recipe, string[] expected)
    {
        using var folder = new TemporaryFolder();
        var (one, other) = (Run(folder, 1, "s", "b"), Run(folder, 2, source, file, recipe));

        var differences = Comparer.Compare(one.Path, other.Path, new ComparisonOptions { Price = Price }).Differences
            .Where(difference => difference.Name.StartsWith("model ", StringComparison.Ordinal)).ToList();

        Assert.That(
            differences.Select(difference => difference.Name), Is.EqualTo(expected.Select(name => $"{name} of {RunFixture.CellIds[1]}")));
        Assert.That(differences, Has.None.Property(nameof(Difference.BreaksComparison)).True);
    }

    private static List<NetworkDifference> Differing(params (string Kind, FileFacts File)[][] runs) =>
        [.. ModelIdentity.Differing([.. runs.Select((files, i) => ($"{i}", RunFixture.Manifest().Models[0] with
        {
            Files = files.ToDictionary(file => file.Kind, file => file.File),
        }))])];

    /// <summary>A run whose file at half precision was made from another.</summary>
    private static RunFolder Run(TemporaryFolder folder, int number, string source, string file, string recipe = "by hand") =>
        RunFixture.Create(folder.File($"{number}"), manifest => manifest with
        {
            Id = $"20260102-030405-testbox-000000{number}",
            Machine = manifest.Machine with { Name = $"box{number}" },
            Models = [manifest.Models[0] with
            {
                Files = new Dictionary<string, FileFacts> { ["fp32"] = File("a", "a"), ["fp16"] = File(file, source, recipe) },
            }],
        });

    private static FileFacts File(string name, string? source, string? recipe = null) => new(Hash(name), 1000)
    {
        Source = source is null ? null : Hash(source),
        Recipe = recipe,
    };

    private static string Hash(string name) => new(name[0], 64);
}
