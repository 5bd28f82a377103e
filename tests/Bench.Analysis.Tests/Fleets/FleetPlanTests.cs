using System.Text;
using Bench.Analysis.Fleets;
using Bench.Analysis.Input;

namespace Bench.Analysis.Tests.Fleets;

public class FleetPlanTests
{
    [Test]
    public void Of_Matrix_IsGolden() => Golden.Match(
        FleetFixture.Manifest.ToJson(), "tests", "Bench.Analysis.Tests", "Data", "golden", "fleet", "manifest.json");

    [Test]
    public void Of_Matrix_HasABlockForEachModelOnEachNode()
    {
        var manifest = FleetFixture.Manifest;

        Assert.That(manifest.Units.Select(unit => (unit.Machine, unit.Model, unit.Replicate)), Is.EqualTo([
            ("epyc", "inceptionv3", 1), ("epyc", "unet", 1),
            ("h200", "inceptionv3", 1), ("h200", "inceptionv3", 2), ("h200", "inceptionv3", 3),
            ("h200", "unet", 1), ("h200", "unet", 2), ("h200", "unet", 3)]));
        Assert.That(manifest.Units.Select(unit => unit.Id), Is.Unique);
        Assert.That(manifest.Units.Select(unit => unit.Seed), Is.Unique.And.All.LessThan(1UL << 53));
    }

    [Test]
    public void Of_SameMatrix_IsTheSamePlan()
    {
        var again = FleetPlan.Of(FleetFixture.Matrix, new FleetProgram(FleetFixture.Digest));

        Assert.That(again.ToJson(), Is.EqualTo(FleetFixture.Manifest.ToJson()));
    }

    [Test]
    public void Of_AnotherProgram_HasOtherIds() => Assert.That(
        FleetPlan.Of(FleetFixture.Matrix, new FleetProgram(new string('0', 64))).Units.Select(unit => unit.Id)
            .Intersect(FleetFixture.Manifest.Units.Select(unit => unit.Id)), Is.Empty);

    /// <summary>More nodes of a kind are more work; what was measured stays what it was.</summary>
    [Test]
    public void Of_MoreReplicates_KeepsTheIdsOfTheOthers()
    {
        var more = FleetPlan.Of(FleetFixture.Matrix with { Replicates = 2 }, new FleetProgram(FleetFixture.Digest));

        Assert.That(more.Units.Select(unit => unit.Id), Is.SupersetOf(FleetFixture.Manifest.Units.Select(unit => unit.Id)));
    }

    [Test]
    public void Of_AnotherMachineOfTheName_HasAnotherId()
    {
        var matrix = FleetFixture.Matrix;
        var moved = matrix with { Machines = [matrix.Machines[0] with { Constraint = "rome" }, matrix.Machines[1]] };

        Assert.That(
            FleetPlan.Of(moved, new FleetProgram(FleetFixture.Digest)).Units[0].Id,
            Is.Not.EqualTo(FleetFixture.Manifest.Units[0].Id));
    }

    [Test]
    public void Of_Matrix_FitsTheSchemas()
    {
        // Comments are no JSON.
        var lines = FleetFixture.Json.Split('\n').Where(line => !line.TrimStart().StartsWith("//", StringComparison.Ordinal));
        var matrix = string.Join('\n', lines);

        Assert.That(JsonSchemaCheck.Faults(Schema("matrix"), matrix), Is.Empty);
        Assert.That(JsonSchemaCheck.Faults(Schema("manifest"), FleetFixture.Manifest.ToJson()), Is.Empty);

        static string Schema(string name) => Repository.File("src", "Bench.Analysis", "Fleets", $"{name}.schema.json");
    }

    [Test]
    public void Parse_WhatWasWritten_IsTheSame()
    {
        var text = FleetFixture.Manifest.ToJson();

        Assert.That(FleetManifest.Parse(Encoding.UTF8.GetBytes(text), "manifest.json").ToJson(), Is.EqualTo(text));
    }

    [Test]
    public void Parse_UnitWithAPathForAnId_IsRefused()
    {
        var text = FleetFixture.Manifest.ToJson().Replace(FleetFixture.Manifest.Units[0].Id, "../../etc", StringComparison.Ordinal);

        Assert.That(() => FleetManifest.Parse(Encoding.UTF8.GetBytes(text), "manifest.json"),
            Throws.TypeOf<RunFormatException>().With.Message.Contains("expected 16 hex digits"));
    }

    [TestCase("\"units\": [", "\"units\": [null,", "found null")]
    [TestCase("\"schemaVersion\": 1", "\"schemaVersion\": 2", "found schemaVersion 2; expected 1")]
    [TestCase("\"index\": 1", "\"index\": 0", "found index 0 at place 1")]
    [TestCase("\"name\": \"epyc\"", "\"name\": \"../epyc\"", "found the name '../epyc'")]
    [TestCase("\"name\": \"epyc\"", "\"name\": \"h200\"", "the machine h200 is there twice")]
    [TestCase("\"machine\": \"epyc\"", "\"machine\": \"rome\"", "names the machine 'rome'")]
    public void Parse_ManifestThatNoPlanWrote_IsRefused(string from, string to, string fault)
    {
        var text = FleetFixture.Manifest.ToJson();
        Assert.That(text, Does.Contain(from));
        var changed = Encoding.UTF8.GetBytes(text.Replace(from, to, StringComparison.Ordinal));

        Assert.That(() => FleetManifest.Parse(changed, "manifest.json"),
            Throws.TypeOf<RunFormatException>().With.Message.Contains(fault));
    }

    [Test]
    public void Parse_EveryPrefix_IsRefused()
    {
        var text = Encoding.UTF8.GetBytes(FleetFixture.Manifest.ToJson().TrimEnd());
        for (var length = 0; length < text.Length; length += 7)
        {
            Assert.That(
                () => FleetManifest.Parse(text.AsSpan(0, length), "manifest.json"), Throws.TypeOf<RunFormatException>(), $"{length}");
        }
    }
}
