using Bench.Arrays;
using Bench.Arrays.Npy;

namespace Bench.Models.Tests.Npy;

public class NpyRowsTests
{
    [Test]
    public void Read_RowWrittenOutOfOrder_GivesIt()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("rows.npy");
        using (var writer = new NpyRowsWriter(path, ElementType.UInt8, 3, 2))
        {
            writer.Write(2, [5, 6]);
            writer.Write(0, [1, 2]);
            writer.Write(1, [3, 4]);
            writer.Complete();
        }

        using var rows = NpyRows.Open(path);
        var row = new byte[rows.RowLength];
        rows.Read(1, row);

        Assert.That(row, Is.EqualTo([3, 4]));
        Assert.That(NpyArray.Read(path).ToDoubles(), Is.EqualTo([1, 2, 3, 4, 5, 6]));
    }

    [Test]
    public void Dispose_WithoutComplete_LeavesNothing()
    {
        using var folder = new TemporaryFolder();
        using (var writer = new NpyRowsWriter(folder.File("rows.npy"), ElementType.UInt8, 3, 2))
        {
            writer.Write(0, [1, 2]);
        }

        Assert.That(Directory.GetFileSystemEntries(folder.Path), Is.Empty);
    }

    [Test]
    public void Open_TruncatedFile_Throws()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("rows.npy");
        NpyArray.FromSingles(new float[12], 3, 4).Write(path);
        using (var file = File.OpenWrite(path))
        {
            file.SetLength(file.Length - 1);
        }

        Assert.That(() => NpyRows.Open(path), Throws.TypeOf<NpyFormatException>().With.Message.Contains("needs 176"));
    }

    [Test]
    public void Read_IndexOutOfRange_Throws()
    {
        using var folder = new TemporaryFolder();
        NpyArray.FromSingles(new float[2], 2).Write(folder.File("a.npy"));
        using var rows = NpyRows.Open(folder.File("a.npy"));

        Assert.That(() => rows.Read(2, new byte[4]), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }
}
