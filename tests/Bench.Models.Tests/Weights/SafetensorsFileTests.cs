using System.Buffers.Binary;
using System.Text;
using Bench.Models.Weights;

namespace Bench.Models.Tests.Weights;

public class SafetensorsFileTests
{
    private const string Header = """{"__metadata__":{"a":"b"},"x":{"dtype":"F16","shape":[2,1],"data_offsets":[0,4]},"y":"""
        + """{"dtype":"F16","shape":[1],"data_offsets":[4,6]}}""";

    [Test]
    public void Get_TensorOfTheFile_GivesItsBytes()
    {
        var file = SafetensorsFile.Parse(File(Header, [1, 2, 3, 4, 5, 6]), "w");

        Assert.That(file.Names, Is.EquivalentTo(["x", "y"]));
        Assert.That(file.Get("y", [1]).ToArray(), Is.EqualTo([5, 6]));
    }

    [Test]
    public void Get_OtherShape_SaysBoth() => Assert.That(
        () => SafetensorsFile.Parse(File(Header, new byte[6]), "w").Get("x", [3]),
        Throws.TypeOf<WeightsFormatException>().With.Message.EqualTo("w: found 'x' of shape [2, 1]; the network needs [3]."));

    [Test]
    public void Get_UnknownName_SaysSo() => Assert.That(
        () => SafetensorsFile.Parse(File(Header, new byte[6]), "w").Get("z", [3]),
        Throws.TypeOf<WeightsFormatException>().With.Message.Contains("'z'"));

    [Test]
    public void Parse_TruncatedData_Throws() => Assert.That(
        () => SafetensorsFile.Parse(File(Header, new byte[5]), "w"),
        Throws.TypeOf<WeightsFormatException>().With.Message.Contains("truncated"));

    [TestCase("""{"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", "F32")]
    [TestCase("""{"x":{"dtype":"F16","shape":[1],"data_offsets":[4,2]}}""", "damaged")]
    [TestCase("""{"x":{"dtype":"F16","shape":[2147483647,2147483647,99],"data_offsets":[0,4]}}""", "damaged")]
    [TestCase("""{"x":{"dtype":"F16","shape":[-1],"data_offsets":[0,4]}}""", "damaged")]
    [TestCase("""{"x":{}}""", "cannot be read")]
    [TestCase("[1]", "cannot be read")]
    [TestCase("{", "cannot be read")]
    public void Parse_HeaderThatIsWrong_Throws(string header, string expected) => Assert.That(
        () => SafetensorsFile.Parse(File(header, new byte[8]), "w"),
        Throws.TypeOf<WeightsFormatException>().With.Message.Contains(expected));

    [Test]
    public void Parse_AnythingAtAll_EitherReadsItOrThrowsOneException()
    {
        var random = new Random(1910);
        var seed = File(Header, new byte[6]);
        for (var i = 0; i < 100_000; i++)
        {
            var file = (byte[])seed.Clone();
            for (var k = random.Next(1, 5); k > 0; k--)
            {
                file[random.Next(file.Length)] = (byte)random.Next(256);
            }

            try
            {
                SafetensorsFile.Parse(file[..(random.Next(4) == 0 ? random.Next(file.Length + 1) : file.Length)], "fuzz");
            }
            catch (WeightsFormatException)
            {
                // What a damaged file must give.
            }
        }
    }

    private static byte[] File(string header, byte[] data)
    {
        var text = Encoding.UTF8.GetBytes(header);
        var file = new byte[8 + text.Length + data.Length];
        BinaryPrimitives.WriteUInt64LittleEndian(file, (ulong)text.Length);
        text.CopyTo(file, 8);
        data.CopyTo(file, 8 + text.Length);
        return file;
    }
}
