using Bench.Arrays;
using Bench.Arrays.Npy;

namespace Bench.Models.Tests.Npy;

public class NpyArrayTests
{
    // Written by NumPy 1.24.2: numpy.save(f, numpy.array([[1, -2.5, 3], [0.125, 65504, -0.0]], "<f2")), and likewise for the others.
    private const string NumPyHalf =
        "k05VTVBZAQB2AHsnZGVzY3InOiAnPGYyJywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKDIsIDMpLCB9ICAgICAgICAgICAgICAgICAgICAgICAgICAg"
        + "ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoAPADBAEIAMP97AIA=";

    [Test]
    public void Parse_FileFromNumPy_GivesItsShapeAndValues()
    {
        var array = NpyArray.Parse(Convert.FromBase64String(NumPyHalf), "half.npy");

        Assert.That(array.ElementType, Is.EqualTo(ElementType.Float16));
        Assert.That(array.Shape, Is.EqualTo([2, 3]));
        Assert.That(array.ToDoubles(), Is.EqualTo([1, -2.5, 3, 0.125, 65504, -0.0]));
        Assert.That(array.ToSingles(), Is.EqualTo([1f, -2.5f, 3f, 0.125f, 65504f, -0f]));
    }

    [TestCase(new int[0], 1)]
    [TestCase(new[] { 3 }, 3)]
    [TestCase(new[] { 2, 3 }, 6)]
    [TestCase(new[] { 0, 5 }, 0)]
    public void Write_ThenRead_GivesTheSame(int[] shape, int count)
    {
        using var folder = new TemporaryFolder();
        var values = Enumerable.Range(0, count).Select(i => i * 0.3f).ToArray();
        NpyArray.FromSingles(values, shape).Write(folder.File("a.npy"));

        var read = NpyArray.Read(folder.File("a.npy"));

        Assert.That(read.Shape, Is.EqualTo(shape));
        Assert.That(read.ToSingles(), Is.EqualTo(values));
        Assert.That(Directory.GetFiles(folder.Path), Has.Length.EqualTo(1), "nothing partial is left");
    }

    [Test]
    public void Write_Shape_AlignsDataTo64BytesAsNumPyDoes()
    {
        using var folder = new TemporaryFolder();
        NpyArray.FromSingles([1f], 1).Write(folder.File("a.npy"));

        Assert.That(new FileInfo(folder.File("a.npy")).Length, Is.EqualTo(128 + 4));
    }

    [TestCase("{'descr': '<f4', 'fortran_order': True, 'shape': (2, 2), }", "Fortran order")]
    [TestCase("{'descr': '|O', 'fortran_order': False, 'shape': (2,), }", "'|O'")]
    [TestCase("{'descr': '>f4', 'fortran_order': False, 'shape': (2,), }", "'>f4'")]
    [TestCase("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (2,), }", "structured")]
    [TestCase("{'descr': '<f4', 'fortran_order': False, 'shape': (-2,), }", "axis length")]
    [TestCase("{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999,), }", "axis length")]
    [TestCase("{'descr': '<f4', 'fortran_order': False, 'shape': (2000000000, 2000000000, 2000000000), }", "truncated")]
    [TestCase("{'descr': '<f4', 'fortran_order': False, }", "without descr, fortran_order or shape")]
    [TestCase("{'descr': '<f4', 'fortran_order': Maybe, 'shape': (2,), }", "Maybe")]
    [TestCase("nonsense", "no '{'")]
    [TestCase("{'descr': '<f4", "closing quote")]
    public void Parse_HeaderThatIsNotForUs_SaysWhatItFound(string header, string expected)
    {
        var file = File(header, new byte[8]);

        Assert.That(
            () => NpyArray.Parse(file, "bad.npy"),
            Throws.TypeOf<NpyFormatException>().With.Message.StartsWith("bad.npy: ").And.Message.Contains(expected));
    }

    [Test]
    public void Parse_TruncatedData_SaysHowMuchIsMissing()
    {
        var whole = Convert.FromBase64String(NumPyHalf);

        Assert.That(
            () => NpyArray.Parse(whole.AsSpan(0, whole.Length - 1), "cut.npy"),
            Throws.TypeOf<NpyFormatException>().With.Message.Contains("found 11 bytes of data")
                .And.Message.Contains("needs 12").And.Message.Contains("truncated"));
    }

    [Test]
    public void Parse_AnythingAtAll_EitherReadsItOrThrowsOneException()
    {
        var random = new Random(1910);
        var seed = Convert.FromBase64String(NumPyHalf);
        for (var i = 0; i < 100_000; i++)
        {
            var file = (byte[])seed.Clone();
            for (var k = random.Next(1, 6); k > 0; k--)
            {
                file[random.Next(file.Length)] = (byte)random.Next(256);
            }

            var length = random.Next(4) == 0 ? random.Next(file.Length + 1) : file.Length;
            try
            {
                var array = NpyArray.Parse(file.AsSpan(0, length), "fuzz.npy");
                Assert.That(array.ToDoubles(), Has.Length.EqualTo(array.Count));
            }
            catch (NpyFormatException)
            {
                // What a damaged file must give.
            }
        }
    }

    private static byte[] File(string header, byte[] data)
    {
        var text = System.Text.Encoding.Latin1.GetBytes(header);
        return [0x93, .. "NUMPY"u8, 1, 0, (byte)text.Length, (byte)(text.Length >> 8), .. text, .. data];
    }
}
