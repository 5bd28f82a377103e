using System.Text;
using System.Text.Json;
using Bench.Arrays.Npy;

namespace Bench.EndToEnd.Tests.Cli;

public class EquivalenceCommandTests
{
    private TemporaryFolder _folder = null!;

    [SetUp]
    public void CreateFolder() => _folder = new TemporaryFolder();

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [TestCase(40, 0.0f, 0, "identical")]
    [TestCase(40, 0.004f, 0, "equivalent")]
    [TestCase(40, 0.5f, 1, "different")]
    [TestCase(20, 0.004f, 3, "insufficient-data")]
    [TestCase(1, 0.5f, 3, "insufficient-data")]
    public void Equivalence_Verdict_IsTheExitCode(int images, float shift, int code, string verdict)
    {
        var x = Enumerable.Range(0, images).Select(i => i * 0.01f).ToArray();
        var y = x.Select((value, i) => shift == 0 ? value : value + shift + (0.0005f * ((i % 5) - 2))).ToArray();
        var result = BenchProgram.Run("equivalence", Write("x", x, images), Write("y", y, images), "--json");

        Assert.That(result.Code, Is.EqualTo(code), result.Error);
        using var json = JsonDocument.Parse(result.Output);
        Assert.That(json.RootElement.GetProperty("verdict").GetString(), Is.EqualTo(verdict));
        Assert.That(json.RootElement.GetProperty("n").GetInt32(), Is.EqualTo(images));
    }

    /// <summary>Three images of forty are more than the five percent that may differ, and too few to show that.</summary>
    [Test]
    public void Equivalence_SomeImagesBeyondTheMargin_IsInconclusive()
    {
        var x = Enumerable.Range(0, 40).Select(i => i * 0.01f).ToArray();
        var result = BenchProgram.Run(
            "equivalence", Write("x", x, 40), Write("y", [.. x.Select((value, i) => i < 3 ? value + 0.02f : value)], 40));

        Assert.That(result.Code, Is.EqualTo(3), result.Error);
        Assert.That(result.Output,
            Does.StartWith("inconclusive").And.Contain("3 of 40 images differ by more than the margin, and 5 % of them may"));
    }

    [Test]
    public void Equivalence_Options_AreFollowed()
    {
        var x = Write("x", [1, 2, 3, 4, 5, 5, 6, 7], 8);
        var y = Write("y", [1, 1, 1, 1, 1, 4, 4, 4], 8);
        var result = BenchProgram.Run("equivalence", x, y, "--json", "--zero-method", "zsplit", "--method", "normal", "--continuity",
            "--margin", "10", "--level", "80%");
        using var json = JsonDocument.Parse(result.Output);
        var wilcoxon = json.RootElement.GetProperty("wilcoxon");

        Assert.That(wilcoxon.GetProperty("method").GetString(), Is.EqualTo("normal"));
        Assert.That(wilcoxon.GetProperty("zeroMethod").GetString(), Is.EqualTo("zsplit"));
        Assert.That(wilcoxon.GetProperty("continuity").GetBoolean(), Is.True);
        Assert.That(wilcoxon.GetProperty("statistic").GetDouble(), Is.EqualTo(0.5), "half of the one zero's rank");
        Assert.That(json.RootElement.GetProperty("hodgesLehmann").GetProperty("level").GetDouble(), Is.EqualTo(0.8));
        Assert.That(json.RootElement.GetProperty("tost").GetProperty("margin").GetDouble(), Is.EqualTo(10));
    }

    [TestCase(2, "--margin", "--margin", "0")]
    [TestCase(2, "--level: found '1'; expected a share above 0 and below 1", "--level", "1")]
    [TestCase(2, "--level: found '95'; expected a share above 0 and below 1", "--level", "95")]
    [TestCase(2, "expected largest, value, mean, max, dice, true-class", "--statistic", "median")]
    [TestCase(2, "--labels", "--statistic", "true-class")]
    [TestCase(2, "never guessed", "--statistic", "dice")]
    [TestCase(2, "--tolerated-share", "--tolerated-share", "5")]
    [TestCase(2, "expected a share from 0 to below 1", "--tolerated-share", "500%")]
    [TestCase(2, "expected a share from 0 to below 1", "--tolerated-share", "100%")]
    [TestCase(2, "only --statistic dice has masks", "--threshold", "0.5")]
    [TestCase(2, "0,01", "--margin", "0,01")]
    public void Equivalence_WrongOption_SaysSo(int code, string message, params string[] options)
    {
        var x = Write("x", [1, 2, 3], 3);
        var result = BenchProgram.Run(["equivalence", x, x, .. options]);

        Assert.That(result.Code, Is.EqualTo(code));
        Assert.That(result.Error, Does.Contain(message));
        Assert.That(result.Output, Is.Empty);
    }

    [TestCase("", "do not begin like a .npy file")]
    [TestCase("|O", "|O")]
    [TestCase("fortran", "Fortran")]
    [TestCase("cut", "truncated")]
    public void Equivalence_DamagedFile_IsOneMessageAndFour(string damage, string message)
    {
        var header = Encoding.ASCII.GetBytes($"{{'descr': '{(damage == "|O" ? "|O" : "<f4")}', 'fortran_order': "
            + $"{(damage == "fortran" ? "True" : "False")}, 'shape': (2, 2), }}\n");
        byte[] file = damage.Length == 0
            ? []
            : [0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, 0, .. header, .. new byte[damage == "cut" ? 7 : 16]];
        var path = _folder.Write("bad.npy", file);
        var result = BenchProgram.Run("equivalence", path, path);

        Assert.That(result.Code, Is.EqualTo(4));
        Assert.That(result.Error, Does.Contain(message).IgnoreCase);
        Assert.That(result.Error.Trim().Split('\n'), Has.Length.EqualTo(1));
    }

    private string Write(string name, float[] values, params int[] shape)
    {
        var path = _folder.File(name + ".npy");
        NpyArray.FromSingles(values, shape).Write(path);
        return path;
    }
}
