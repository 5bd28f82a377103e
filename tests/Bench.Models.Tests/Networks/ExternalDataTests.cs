using Bench.Models.Onnx;

namespace Bench.Models.Tests.Networks;

public class ExternalDataTests
{
    private static readonly string Case = Repository.File("tests", "cases", "m-external-data", "model.onnx");

    [Test]
    public void Files_NetworkWithWeightsBeside_NamesTheFile() =>
        Assert.That(ExternalData.Files(Case).Select(file => file.Location), Is.EqualTo(new[] { "weights.bin" }));

    [Test]
    public void Files_NetworkThatKeepsItsWeights_NamesNone() =>
        Assert.That(ExternalData.Files(Repository.File("tests", "cases", "p-nhwc", "ort-upsample.onnx")), Is.Empty);

    /// <summary>Whatever a file holds, the answer is a list, or that it is no network: never another exception, never no end.</summary>
    [Test]
    public void Files_DamagedFiles_AreRefusedOrRead()
    {
        using var folder = new TemporaryFolder();
        var seed = File.ReadAllBytes(Case);
        var random = new Random(20261126);
        var (accepted, refused) = (0, 0);
        for (var i = 0; i < 2_000; i++)
        {
            var bytes = seed.ToList();
            for (var changes = random.Next(1, 4); changes > 0; changes--)
            {
                var at = random.Next(bytes.Count);
                if (random.Next(3) == 0)
                {
                    bytes.RemoveRange(at, Math.Min(random.Next(1, 40), bytes.Count - at));
                }
                else
                {
                    bytes[at] = (byte)random.Next(256);
                }
            }

            try
            {
                _ = ExternalData.Files(folder.Write("fuzz.onnx", [.. bytes]));
                accepted++;
            }
            catch (InvalidDataException)
            {
                refused++;
            }
        }

        Assert.That((accepted > 0, refused > 0), Is.EqualTo((true, true)), "inputs that are all accepted or all refused test little");
    }
}
