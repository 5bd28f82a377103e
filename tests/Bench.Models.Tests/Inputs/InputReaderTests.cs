using Bench.Arrays;
using Bench.Arrays.Npy;
using Bench.Models.Inputs;
using Bench.Models.Signatures;

namespace Bench.Models.Tests.Inputs;

public class InputReaderTests
{
    [Test]
    public void Read_Drawn_IsTheSameForAnExampleAndAnotherForTheNext()
    {
        var tensor = new TensorSpec("x", ElementType.Float32, [1, 4]);
        var source = new InputSource { Name = "x", Drawn = DrawnValues.Normal, Seed = 3 };
        using var reader = InputReader.Open(source, tensor);
        using var other = InputReader.Open(source with { Index = 1 }, tensor);

        Assert.That(reader.Read(5), Is.EqualTo(InputReader.Open(source, tensor).Read(5)));
        Assert.That(reader.Read(5), Is.Not.EqualTo(reader.Read(6)));
        Assert.That(reader.Read(5), Is.Not.EqualTo(other.Read(5)), "each input has numbers of its own");
    }

    [Test]
    public void Read_DrawnForAnotherType_IsTheSameRounded()
    {
        var source = new InputSource { Name = "x", Drawn = DrawnValues.Normal, Seed = 3 };
        var singles = Numbers(source, ElementType.Float32, [1, 64]);
        var halves = Numbers(source, ElementType.Float16, [1, 64]);

        Assert.That(halves, Is.EqualTo(singles.Select(number => (double)(Half)number)));
    }

    [Test]
    public void Read_BytesWithChannelsLast_AreNormalisedAndTurned()
    {
        using var folder = new TemporaryFolder();
        NpyArray.FromBytes([10, 20, 30, 40, 50, 60], 1, 1, 2, 3).Write(folder.File("x.npy"));
        var source = new InputSource
        {
            Name = "x",
            Path = folder.File("x.npy"),
            IsTurned = true,
            Mean = [10, 20, 30],
            Scale = [1, 2, 3],
        };

        Assert.That(Numbers(source, ElementType.Float32, [1, 3, 1, 2]), Is.EqualTo([0, 30, 0, 15, 0, 10]));
    }

    [Test]
    public void Read_NumbersForEachChannel_GoByTheAxisThatCountsThem()
    {
        using var folder = new TemporaryFolder();
        NpyArray.FromSingles([1, 2, 3, 4], 1, 2, 2).Write(folder.File("x.npy"));
        var source = new InputSource { Name = "x", Path = folder.File("x.npy"), Mean = [1, 3] };

        Assert.That(Numbers(source, ElementType.Float32, [1, 2, 2]), Is.EqualTo([0, 1, 0, 1]), "first");
        Assert.That(Numbers(source with { ChannelAxis = 2 }, ElementType.Float32, [1, 2, 2]), Is.EqualTo([0, -1, 2, 1]), "last");
    }

    [Test]
    public void Read_LargeWholeNumbersOfTheSameType_LoseNothing()
    {
        using var folder = new TemporaryFolder();
        long[] places = [long.MaxValue, long.MinValue + 1, (1L << 53) + 1];
        using (var writer = new NpyRowsWriter(folder.File("x.npy"), ElementType.Int64, 1, 3))
        {
            writer.Write(0, System.Runtime.InteropServices.MemoryMarshal.AsBytes<long>(places));
            writer.Complete();
        }

        using var reader = InputReader.Open(
            new InputSource { Name = "x", Path = folder.File("x.npy") }, new TensorSpec("x", ElementType.Int64, [1, 3]));

        Assert.That(System.Runtime.InteropServices.MemoryMarshal.Cast<byte, long>(reader.Read(0)).ToArray(), Is.EqualTo(places));
    }

    [FsCheck.NUnit.Property]
    public bool FromDoubles_WholeNumbersOfEveryType_AreReadBack(sbyte number)
    {
        foreach (var type in Enum.GetValues<ElementType>())
        {
            var value = type is ElementType.Boolean ? number & 1
                : type is ElementType.UInt8 or ElementType.UInt16 ? Math.Abs((double)number) : number;
            var (bytes, back) = (new byte[type.Size()], new double[1]);
            ElementConversion.FromDoubles([value], type, bytes);
            ElementConversion.ToDoubles(bytes, type, back);
            if (back[0] != value)
            {
                return false;
            }
        }

        return true;
    }

    [TestCase(ElementType.UInt8, 300, 255)]
    [TestCase(ElementType.UInt8, -1, 0)]
    [TestCase(ElementType.Int8, 1e9, 127)]
    [TestCase(ElementType.Int32, 1e18, int.MaxValue)]
    public void FromDoubles_TooLarge_IsTheLargest(ElementType type, double value, double expected)
    {
        var (bytes, back) = (new byte[type.Size()], new double[1]);
        ElementConversion.FromDoubles([value], type, bytes);
        ElementConversion.ToDoubles(bytes, type, back);

        Assert.That(back[0], Is.EqualTo(expected));
    }

    private static double[] Numbers(InputSource source, ElementType type, int[] shape)
    {
        var tensor = new TensorSpec("x", type, shape);
        using var reader = InputReader.Open(source, tensor);
        var numbers = new double[tensor.Length];
        ElementConversion.ToDoubles(reader.Read(0), type, numbers);
        return numbers;
    }
}
