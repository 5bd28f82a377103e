using System.Security.Cryptography;
using Bench.Analysis.Equivalence;
using Bench.Analysis.Input;
using Bench.Analysis.Runs;
using Bench.Analysis.Tests.Runs;
using Bench.Arrays.Npy;

namespace Bench.Analysis.Tests.Equivalence;

public class CellOutputsTests
{
    private TemporaryFolder _temporary = null!;
    private RunFolder _run = null!;

    [SetUp]
    public void Create()
    {
        _temporary = new TemporaryFolder();
        _run = LaunchFixture.Create(_temporary.File("run"), LaunchFixture.Plain, LaunchFixture.Half, LaunchFixture.Baseline);
    }

    [TearDown]
    public void Delete() => _temporary.Dispose();

    [TestCase(1, 2)]
    [TestCase(3, 2)]
    [TestCase(6, 1)]
    public void LargestDifferences_SharesOfAnyNumber_IsThatOfOneFile(int rounds, int others)
    {
        WriteShares(LaunchFixture.Plain, rounds, 0);
        WriteShares(LaunchFixture.Half, others, 0.25f);
        var oneFile = OneFile([.. Enumerable.Range(0, 6).SelectMany(image => new[] { image + 0.25f, image * 0.5f })]);

        Assert.That(Difference(Cell(LaunchFixture.Plain), Cell(LaunchFixture.Half)), Is.EqualTo(0.25));
        Assert.That(Difference(Cell(LaunchFixture.Plain), oneFile), Is.EqualTo(0.25));
        Assert.That(Difference(oneFile, Cell(LaunchFixture.Half)), Is.Zero);
        Assert.That(Difference(oneFile, OneFile(new float[12])), Is.EqualTo(5.25));
    }

    [Test]
    public void LargestDifferences_OneImageThatDiffers_IsFoundWhereverItLies([Range(0, 5)] int image)
    {
        WriteShares(LaunchFixture.Plain, 3, 0);
        var values = Enumerable.Range(0, 6).SelectMany(i => new[] { (float)i, i * 0.5f }).ToArray();
        values[(2 * image) + 1] -= 0.125f;

        Assert.That(Difference(Cell(LaunchFixture.Plain), OneFile(values)), Is.EqualTo(0.125));
    }

    [Test]
    public void LargestDifferences_SameFiles_AreNotRead()
    {
        WriteShares(LaunchFixture.Plain, 3, 0);
        WriteShares(LaunchFixture.Half, 3, 0);
        Directory.Delete(_run.OutputsPath, recursive: true);

        Assert.That(Difference(Cell(LaunchFixture.Plain), Cell(LaunchFixture.Half)), Is.Zero);
    }

    // Launches that gave the same have one file, whatever their images: a network may give one answer to all.
    [Test]
    public void LargestDifferences_SharesOfOtherImagesInOneFile_AreRead()
    {
        var file = LaunchFixture.Share(_run, [0, 1, 2], 0);
        LaunchFixture.Write(_run, LaunchFixture.Record(LaunchFixture.Plain, 1, file));
        LaunchFixture.Write(_run, LaunchFixture.Record(LaunchFixture.Plain, 2, file with { Images = [3, 4, 5] }));

        Assert.That(Difference(Cell(LaunchFixture.Plain), OneFile([0, 0, 1, 0.5f, 2, 1, 0, 0, 1, 0.5f, 2, 1])), Is.Zero);
        Assert.That(Difference(Cell(LaunchFixture.Plain), OneFile([0, 0, 1, 0.5f, 2, 1, 0, 0, 1, 0.5f, 2.5f, 1])), Is.EqualTo(0.5));
    }

    [Test]
    public void LargestDifferences_ImageOfSeveralLaunches_IsThatOfTheFirst()
    {
        LaunchFixture.Write(_run, LaunchFixture.Record(LaunchFixture.Plain, 1, LaunchFixture.Share(_run, [0, 1, 2, 3, 4, 5], 0)));
        LaunchFixture.Write(_run, LaunchFixture.Record(LaunchFixture.Plain, 2, LaunchFixture.Share(_run, [0, 2], 7)));
        WriteShares(LaunchFixture.Half, 2, 0);

        Assert.That(Difference(Cell(LaunchFixture.Plain), Cell(LaunchFixture.Half)), Is.Zero);
    }

    [Test]
    public void LargestDifferences_ImagesOfAnotherSize_SaysBoth()
    {
        WriteShares(LaunchFixture.Plain, 2, 0);
        var other = OneFile(new float[18], 6, 3);

        Assert.That(() => Difference(Cell(LaunchFixture.Plain), other), Throws.TypeOf<OutputShapeException>()
            .With.Message.Contains("found 3 numbers for an image; ").And.Message.Contains("has 2. Expected outputs of the same images"));
    }

    [TestCase(float.NaN, "NaN")]
    [TestCase(float.NegativeInfinity, "-Infinity")]
    public void LargestDifferences_WhatIsNotFinite_IsRefused(float value, string text)
    {
        WriteShares(LaunchFixture.Plain, 2, 0);
        var other = OneFile([0, 0, 0, 0, 0, 0, 0, value, 0, 0, 0, 0]);

        Assert.That(() => Difference(Cell(LaunchFixture.Plain), other), Throws.TypeOf<RunFormatException>()
            .With.Message.Contains($"found {text} in image 3 at position 1; expected finite numbers."));
    }

    [Test]
    public void LargestDifferences_FileThatIsMissingOrDamaged_SaysWhich()
    {
        WriteShares(LaunchFixture.Plain, 2, 0);
        WriteShares(LaunchFixture.Half, 1, 1);
        var path = Path.Combine(_run.Path, Cell(LaunchFixture.Plain).OutputShares[1].File);

        File.WriteAllText(path, "no archive");
        Assert.That(() => Difference(Cell(LaunchFixture.Plain), Cell(LaunchFixture.Half)),
            Throws.TypeOf<RunFormatException>().With.Message.StartsWith(path + ": the archive is damaged"));
        File.Delete(path);
        Assert.That(() => Difference(Cell(LaunchFixture.Plain), Cell(LaunchFixture.Half)),
            Throws.TypeOf<RunFormatException>().With.Message.StartsWith(path + ": "));
    }

    [Test]
    public void LargestDifferences_FileWithFewerImagesThanItsRecordSays_IsRefused()
    {
        var share = LaunchFixture.Share(_run, [0, 1], 0);
        LaunchFixture.Write(_run, LaunchFixture.Record(LaunchFixture.Plain, 1, share with
        {
            Images = [0, 1, 2, 3, 4, 5],
            Metric = new double[6],
            Graded = new double[6],
        }));

        Assert.That(() => Difference(Cell(LaunchFixture.Plain), OneFile(new float[12])), Throws.TypeOf<RunFormatException>()
            .With.Message.Contains("found outputs of 2 images; expected more than 2."));
    }

    /// <summary>The hash is of the numbers, as its schema says it.</summary>
    [Test]
    public void ContentSha256_SameNumbers_IsTheSameWhereverTheyLie()
    {
        WriteShares(LaunchFixture.Plain, 3, 0);
        WriteShares(LaunchFixture.Half, 2, 0.25f);
        float[] values = [-0.0f, .. Enumerable.Range(0, 6).SelectMany(image => new[] { (float)image, image * 0.5f }).Skip(1)];
        var numbers = values.Select(value => value == 0 ? 0.0 : value).SelectMany(BitConverter.GetBytes);
        byte[] expected = [.. BitConverter.GetBytes(6L), .. BitConverter.GetBytes(2L), .. numbers];

        Assert.That(Content(OneFile(values)), Is.EqualTo(Convert.ToHexStringLower(SHA256.HashData(expected))));
        Assert.That(Content(Cell(LaunchFixture.Plain)), Is.EqualTo(Content(OneFile(values))));
        Assert.That(Content(Cell(LaunchFixture.Half)), Is.Not.EqualTo(Content(OneFile(values))));
        Assert.That(Content(OneFile(values, 6, 2, 1)), Is.EqualTo(Content(OneFile(values))));
    }

    [Test]
    public void Of_CellWithoutAllOutputs_IsNull()
    {
        LaunchFixture.Write(_run, LaunchFixture.Record(LaunchFixture.Plain, 1, LaunchFixture.Share(_run, [0, 1], 0)));

        Assert.That(CellOutputs.Of(_run, Cell(LaunchFixture.Plain)), Is.Null);
        Assert.That(CellOutputs.Of(_run, Cell(LaunchFixture.Missing)), Is.Null);
    }

    private void WriteShares(string cell, int rounds, float offset)
    {
        for (var round = 1; round <= rounds; round++)
        {
            var share = LaunchFixture.Share(_run, LaunchFixture.ImagesOf(round, rounds), offset);
            LaunchFixture.Write(_run, LaunchFixture.Record(cell, round, share));
        }
    }

    /// <summary>A cell as version 1 has it.</summary>
    private CellFacts OneFile(float[] values, params int[] shape)
    {
        var name = $"outputs/{Guid.NewGuid():N}.npy";
        NpyArray.FromSingles(values, shape.Length == 0 ? [6, 2] : shape).Write(Path.Combine(_run.Path, name));
        WriteShares(LaunchFixture.Baseline, 1, 0);
        return Cell(LaunchFixture.Baseline) with { Outputs = name, OutputShares = [] };
    }

    private CellFacts Cell(string id) => _run.ReadManifest().Cells.Single(cell => cell.Id.ToString() == id);

    private string Content(CellFacts cell)
    {
        using var outputs = CellOutputs.Of(_run, cell)!;
        return outputs.ContentSha256();
    }

    private double Difference(CellFacts one, CellFacts other)
    {
        using var first = CellOutputs.Of(_run, one)!;
        using var second = CellOutputs.Of(_run, other)!;
        return CellOutputs.Compare(first, second, isRaw: false).Largest.Max();
    }
}
