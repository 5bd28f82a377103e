using System.IO.Compression;
using Bench.Arrays.Npy;
using Bench.Arrays.Npz;

namespace Bench.Models.Tests.Npz;

public class NpzFileTests
{
    [Test]
    public void Write_SameContent_GivesTheSameBytes()
    {
        using var folder = new TemporaryFolder();
        foreach (var name in new[] { "a", "b" })
        {
            NpyArray.FromSingles(new float[1000], 10, 100).Write(folder.File($"{name}.npy"));
            File.SetLastWriteTimeUtc(folder.File($"{name}.npy"), new DateTime(2020, 1, name == "a" ? 1 : 2, 0, 0, 0, DateTimeKind.Utc));
            NpzFile.Write(folder.File($"{name}.npy"), folder.File($"{name}.npz"));
        }

        Assert.That(File.ReadAllBytes(folder.File("b.npz")), Is.EqualTo(File.ReadAllBytes(folder.File("a.npz"))));
    }

    [Test]
    public void Write_Array_IsOneEntryWithNumPysNameAndDeflated()
    {
        using var folder = new TemporaryFolder();
        NpyArray.FromSingles(new float[1000], 10, 100).Write(folder.File("a.npy"));

        NpzFile.Write(folder.File("a.npy"), folder.File("a.npz"));

        using var archive = ZipFile.OpenRead(folder.File("a.npz"));
        Assert.That(archive.Entries.Select(entry => entry.FullName), Is.EqualTo(["arr_0.npy"]));
        Assert.That(archive.Entries[0].Length, Is.EqualTo(new FileInfo(folder.File("a.npy")).Length));
        Assert.That(archive.Entries[0].CompressedLength, Is.LessThan(500));
        using var content = new MemoryStream();
        using (var entry = archive.Entries[0].Open())
        {
            entry.CopyTo(content);
        }

        Assert.That(content.ToArray(), Is.EqualTo(File.ReadAllBytes(folder.File("a.npy"))));
    }

    [Test]
    public void Write_OverAnother_ReplacesItAndLeavesNothingPartial()
    {
        using var folder = new TemporaryFolder();
        folder.Write("a.npz", "what stood there before");
        NpyArray.FromSingles([1f], 1).Write(folder.File("a.npy"));

        NpzFile.Write(folder.File("a.npy"), folder.File("a.npz"));

        using var rows = NpzRows.Open(folder.File("a.npz"));
        Assert.That(rows.Shape, Is.EqualTo([1]));
        Assert.That(Directory.GetFiles(folder.Path), Has.Length.EqualTo(2));
    }

    [Test]
    public void Write_ArrayThatIsMissing_LeavesWhatStoodThere()
    {
        using var folder = new TemporaryFolder();
        folder.Write("a.npz", "what stood there before");

        Assert.That(() => NpzFile.Write(folder.File("missing.npy"), folder.File("a.npz")), Throws.InstanceOf<IOException>());

        Assert.That(File.ReadAllText(folder.File("a.npz")), Is.EqualTo("what stood there before"));
        Assert.That(Directory.GetFiles(folder.Path), Has.Length.EqualTo(1));
    }
}
