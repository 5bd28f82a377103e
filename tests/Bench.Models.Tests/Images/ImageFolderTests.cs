using Bench.Arrays.Npy;
using Bench.Models.Images;
using Bench.Models.Onnx;
using Bench.Models.Signatures;

namespace Bench.Models.Tests.Images;

public class ImageFolderTests
{
    // 2 × 1 pixels, red and (0, 128, 255); written by Pillow.
    private static readonly byte[] Png = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAIAAAB7QOjdAAAAD0lEQVR4nGP4z8DA0PAfAAgAAn+cRUBOAAAAAElFTkSuQmCC");

    /// <summary>Pillow 9.4: <c>Image.fromarray(a).resize((w, h), Image.BILINEAR)</c>, which rounds between the two directions.</summary>
    [TestCase(3, 2, "43,54,194,122,80,175,201,127,156,65,154,202,144,175,183,194,130,164")]
    [TestCase(7, 2, "11,50,202,48,53,193,85,62,184,122,77,175,159,98,166,196,125,157,233,146,148,33,150,210,70,153,201,107,162,192,144,177,"
        + "183,181,198,174,218,144,165,174,72,156")]
    public void Resize_SmallerPicture_IsThatOfPillow(int width, int height, string expected)
    {
        var bytes = Enumerable.Range(0, 5).SelectMany(y => Enumerable.Range(0, 7).SelectMany(x => new[]
        {
            (byte)(((x * 37) + (y * 11)) % 256), (byte)(((x * x * 3) + (y * 50)) % 256), (byte)((200 - (x * 9) + (y * y)) % 256),
        })).ToArray();

        var resized = new Raster(7, 5, 3, bytes).Resize(width, height);

        Assert.That(resized.Bytes.Select(value => (int)value), Is.EqualTo(expected.Split(',').Select(int.Parse)).Within(1));
    }

    [Test]
    public void Resize_LargerPictureOfOneColour_IsOfThatColour() =>
        Assert.That(new Raster(2, 3, 1, [9, 9, 9, 9, 9, 9]).Resize(11, 7).Bytes, Has.All.EqualTo(9));

    [Test]
    public void ToArray_Folder_HoldsThePicturesInTheSizeOfTheNetwork()
    {
        using var folder = new TemporaryFolder();
        folder.Write("b.png", Png);
        folder.Write("a.png", Png);
        folder.Write("notes.txt", "no picture");
        var tensor = new TensorSpec("x", Arrays.ElementType.Float32, [1, 3, 2, 4]);

        using var rows = NpyRows.Open(new ImageFolder(folder.Path).ToArray(tensor, folder.File("cache")));

        Assert.That(rows.Shape, Is.EqualTo([2, 2, 4, 3]));
        var row = new byte[rows.RowLength];
        rows.Read(1, row);
        Assert.That(row[..3], Is.EqualTo(new byte[] { 255, 0, 0 }));
    }

    [TestCase(3, -1, -1, "1x3x1x2")]
    [TestCase(-1, -1, 3, "1x1x2x3")]
    [TestCase(7, -1, -1, null)]
    public void ShapeFor_OpenSize_IsThatOfTheFirstPicture(int second, int third, int fourth, string? expected)
    {
        using var folder = new TemporaryFolder();
        folder.Write("a.png", Png);
        var input = new OnnxValue("x", Arrays.ElementType.Float32, "float32",
            [.. new[] { 1, second, third, fourth }.Select(axis => new OnnxAxis(axis, null))]);

        var shape = new ImageFolder(folder.Path).ShapeFor(input);

        Assert.That(shape is null ? null : string.Join('x', shape), Is.EqualTo(expected));
    }

    [Test]
    public void ToArray_WhatIsNoPicture_SaysWhich()
    {
        using var folder = new TemporaryFolder();
        folder.Write("a.png", "no picture");
        var tensor = new TensorSpec("x", Arrays.ElementType.Float32, [1, 3, 2, 4]);

        Assert.That(() => new ImageFolder(folder.Path).ToArray(tensor, folder.File("cache")),
            Throws.TypeOf<InvalidDataException>().With.Message.Contains("a.png cannot be read as a picture"));
        Assert.That(() => new ImageFolder(folder.Path).ToArray(tensor with { Shape = [1, 40] }, folder.File("cache")),
            Throws.TypeOf<InvalidDataException>().With.Message.Contains("takes none; expected [1, channels, height, width]"));
        Assert.That(() => new ImageFolder(Directory.CreateDirectory(folder.File("empty")).FullName).ToArray(tensor, folder.File("cache")),
            Throws.TypeOf<InvalidDataException>().With.Message.Contains("holds no picture"));
    }

    /// <summary>Whatever a file holds, the answer is a picture, or that it is none.</summary>
    [Test]
    public void Read_DamagedPictures_AreRefusedOrRead()
    {
        using var folder = new TemporaryFolder();
        var random = new Random(11);
        var (accepted, refused) = (0, 0);
        for (var i = 0; i < 500; i++)
        {
            byte[] bytes = [.. Png];
            bytes[random.Next(8, bytes.Length)] = (byte)random.Next(256);
            try
            {
                _ = Raster.Read(folder.Write("x.png", bytes[..random.Next(bytes.Length / 2, bytes.Length + 1)]), 3);
                accepted++;
            }
            catch (InvalidDataException)
            {
                refused++;
            }
        }

        Assert.That((accepted > 0, refused > 0), Is.EqualTo((true, true)));
    }
}
