using System.IO.Compression;
using Bench.Arrays.Npy;
using Bench.Arrays.Npz;

namespace Bench.Models.Tests.Npz;

public class NpzArraysTests
{
    [Test]
    public void Extract_ArrayOfAName_IsThatOne()
    {
        using var folder = new TemporaryFolder();
        Archive(folder, ("image", 1), ("mask", 2));

        NpzArrays.Extract(folder.File("x.npz"), "mask", folder.File("mask.npy"));

        Assert.That(NpyArray.Read(folder.File("mask.npy")).ToDoubles(), Is.EqualTo([2]));
    }

    [Test]
    public void Extract_OnlyArray_IsTakenWhateverItsName()
    {
        using var folder = new TemporaryFolder();
        Archive(folder, ("arr_0", 5));

        NpzArrays.Extract(folder.File("x.npz"), "image", folder.File("image.npy"));

        Assert.That(NpyArray.Read(folder.File("image.npy")).ToDoubles(), Is.EqualTo([5]));
    }

    [Test]
    public void Extract_NoArrayOfTheName_SaysWhichThereAre()
    {
        using var folder = new TemporaryFolder();
        Archive(folder, ("image", 1), ("mask", 2));

        Assert.That(() => NpzArrays.Extract(folder.File("x.npz"), "tokens", folder.File("t.npy")),
            Throws.TypeOf<NpyFormatException>().With.Message.Contains("found image, mask; expected an array called tokens"));
        Assert.That(File.Exists(folder.File("t.npy")), Is.False);
    }

    /// <summary>Whatever a file holds, the answer is an array, or that it is damaged.</summary>
    [Test]
    public void Extract_DamagedArchives_AreRefusedOrRead()
    {
        using var folder = new TemporaryFolder();
        Archive(folder, ("image", 1), ("mask", 2));
        var archive = File.ReadAllBytes(folder.File("x.npz"));
        var random = new Random(5);
        var (accepted, refused) = (0, 0);
        for (var i = 0; i < 500; i++)
        {
            byte[] bytes = [.. archive];
            bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
            try
            {
                NpzArrays.Extract(folder.Write("fuzz.npz", bytes), "mask", folder.File("fuzz.npy"));
                accepted++;
            }
            catch (NpyFormatException)
            {
                refused++;
            }
        }

        Assert.That((accepted > 0, refused > 0), Is.EqualTo((true, true)));
    }

    private static void Archive(TemporaryFolder folder, params (string Name, float Value)[] arrays)
    {
        using var archive = ZipFile.Open(folder.File("x.npz"), ZipArchiveMode.Create);
        foreach (var (name, value) in arrays)
        {
            NpyArray.FromSingles([value], 1).Write(folder.File("one.npy"));
            archive.CreateEntryFromFile(folder.File("one.npy"), name + ".npy");
        }
    }
}
