using System.Globalization;
using System.Text;
using Bench.Models.Cards;
using Bench.Models.Quantization;

namespace Bench.Models.Tests.Quantization;

/// <summary>Calibrations as files: the same bytes everywhere, and one line for each fault.</summary>
public class CalibrationFileTests
{
    private const string Text = """
        {
          "bench-calibration": 1,
          "source": "ab",
          "method": "percentile",
          "engine": "an engine 1.0",
          "images": "of a test, seed 7",
          "hashes": ["0011223344556677", "8899aabbccddeeff"],
          "ranges": {
            "x": [-1, 1],
            "a/b": [0, 1.1754944E-38],
            "y": [-3.4028235E+38, 0.1]
          }
        }

        """;

    private static readonly Calibration One = new()
    {
        Source = "ab",
        Method = CalibrationMethod.Percentile,
        Engine = "an engine 1.0",
        Images = new CalibrationImages("of a test, seed 7", ["0011223344556677", "8899aabbccddeeff"]),
        Ranges = new OrderedDictionary<string, ActivationRange>
        {
            ["x"] = new(-1, 1),
            ["a/b"] = new(0, 1.1754944e-38f),
            ["y"] = new(float.MinValue, 0.1f),
        },
    };

    [Test]
    public void Write_InAnyCulture_GivesTheSameBytesAndReadsThemAgain()
    {
        var before = CultureInfo.CurrentCulture;
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat.NumberDecimalSeparator = ",";
        culture.NumberFormat.NegativeSign = "~";
        CultureInfo.CurrentCulture = culture;
        try
        {
            Assert.That(Written(One), Is.EqualTo(Text.ReplaceLineEndings("\n")));
            Assert.That(Written(Read(Text)), Is.EqualTo(Text.ReplaceLineEndings("\n")));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [TestCase("\"bench-calibration\": 1,", "", "The given key was not present")]
    [TestCase("\"bench-calibration\": 1", "\"bench-calibration\": 2", "found version 2; expected 1.")]
    [TestCase("\"percentile\"", "\"median\"", "found method 'median'; expected one of minmax, percentile, entropy.")]
    [TestCase("[-1, 1]", "[1, -1]", "found [1, -1] as the range of 'x'; expected two finite numbers, the smaller one first.")]
    [TestCase("[-1, 1]", "[1]", "found [1] as the range of 'x'")]
    [TestCase("[-1, 1]", "[-1, 1e99]", "as the range of 'x'; expected two finite numbers")]
    [TestCase("\"y\"", "\"x\"", "found the range of 'x' twice; expected each once.")]
    [TestCase("\"source\": \"ab\"", "\"source\": null", "found null; expected a text.")]
    [TestCase("\"ranges\": {", "\"ranges\": {{", "is damaged or no calibration of Bench")]
    public void Read_FileWithOneFault_SaysWhatItFoundAndWhere(string valid, string faulty, string expected)
    {
        var text = Text.Replace(valid, faulty, StringComparison.Ordinal);

        Assert.That(text, Is.Not.EqualTo(Text));
        Assert.That(() => Read(text), Throws.TypeOf<InvalidDataException>().With.Message.Contains(expected)
            .And.Message.Contains("calibration.json is damaged or no calibration of Bench: "));
    }

    /// <summary>Cut off anywhere, or with any byte changed, it is read or refused in one line.</summary>
    [Test]
    public void Read_DamagedAnywhere_IsReadOrRefused()
    {
        var random = new Random(1910);
        var read = 0;
        for (var i = 0; i < 400; i++)
        {
            var bytes = Encoding.UTF8.GetBytes(Text);
            bytes = i < 100 ? bytes[..random.Next(bytes.Length)] : bytes;
            for (var change = 0; i >= 100 && change < 1; change++)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            try
            {
                _ = Read(bytes);
                read++;
            }
            catch (InvalidDataException e)
            {
                Assert.That(e.Message, Does.Not.Contain('\n'));
            }
        }

        Assert.That(read, Is.InRange(5, 300), "some changes leave it whole");
    }

    [Test]
    public void WhyNot_OtherNetworkOrMissingRanges_SaysIt()
    {
        Assert.That(One.WhyNot("ab", ["x", "y"]), Is.Null);
        Assert.That(One.WhyNot("cd", ["x"]), Is.EqualTo("they belong to a network with SHA-256 ab; this one has cd"));
        Assert.That(One.WhyNot("ab", ["x", "p", "q", "r", "s"]), Is.EqualTo("they say nothing of p, q, r and others"));
    }

    [Test]
    public void SharedWith_ImagesThatAreEvaluated_CountsThem() => Assert.That(
        One.Images.SharedWith(["8899aabbccddeeff", "0000000000000000", "8899aabbccddeeff"]), Is.EqualTo(1));

    /// <summary>What is committed is of the network that the card names, and says all that any recipe wants to know.</summary>
    [TestCase("unet")]
    [TestCase("inceptionv3")]
    public void Committed_BuiltInNetwork_FitsIt(string model)
    {
        var path = Repository.File("models", $"{model}.json");
        var card = ModelCardReader.Read(path);
        var calibration = CalibrationFile.Read(Repository.File("models", card.Calibration!.Ranges!));

        Assert.That(calibration.Source, Is.EqualTo(card.Network.Sha256["fp32"]));
        Assert.That(calibration.Images.Hashes.Distinct().Count(), Is.EqualTo(CalibrationImages.DefaultCount));
        Assert.That(calibration.Images.From, Does.EndWith($"seed {CalibrationImages.DefaultSeed}"));
        Assert.That(calibration.Method, Is.EqualTo(CalibrationMethod.MinMax));
    }

    private static string Written(Calibration calibration)
    {
        using var stream = new MemoryStream();
        CalibrationFile.Write(calibration, stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static Calibration Read(string text) => Read(Encoding.UTF8.GetBytes(text));

    private static Calibration Read(byte[] bytes)
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("calibration.json");
        File.WriteAllBytes(path, bytes);
        return CalibrationFile.Read(path);
    }
}
