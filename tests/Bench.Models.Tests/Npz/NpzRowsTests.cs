using System.IO.Compression;
using System.Text;
using Bench.Arrays;
using Bench.Arrays.Npy;
using Bench.Arrays.Npz;
using NUnit.Framework.Constraints;

namespace Bench.Models.Tests.Npz;

public class NpzRowsTests
{
    // Written by Python 3.11.7's zipfile as NumPy's savez and savez_compressed call it (sizes of 64 bits in the entry's head), around
    // an array that NumPy 1.24.2 wrote: [[1, -2.5, 3], [0.125, 65504, -0.0]] as <f2.
    private const string Stored =
        "UEsDBC0AAAAAAAAAIQA98Rvk//////////8JABQAYXJyXzAubnB5AQAQAIwAAAAAAAAAjAAAAAAAAACTTlVNUFkBAHYAeydkZXNjcic6ICc8ZjInLCAnZm9y"
        + "dHJhbl9vcmRlcic6IEZhbHNlLCAnc2hhcGUnOiAoMiwgMyksIH0gICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAg"
        + "ICAgICAgCgA8AMEAQgAw/3sAgFBLAQItAy0AAAAAAAAAIQA98RvkjAAAAIwAAAAJAAAAAAAAAAAAAACAAQAAAABhcnJfMC5ucHlQSwUGAAAAAAEAAQA3AAAA"
        + "xwAAAAAA";

    private const string Deflated =
        "UEsDBC0AAAAIAAAAIQA98Rvk//////////8JABQAYXJyXzAubnB5AQAQAIwAAAAAAAAAUgAAAAAAAACb7BfqGxDJyFDGUK2eklqcXKRupaBuk2akrqOgnpZf"
        + "VFKUmBefX5SSChJ3S8wpTgWKF2ckFqQC+RpGOgrGmjoKtQpkAy4GG4aDDE4MBv+rGRoAUEsBAi0DLQAAAAgAAAAhAD3xG+RSAAAAjAAAAAkAAAAAAAAAAAAA"
        + "AIABAAAAAGFycl8wLm5weVBLBQYAAAAAAQABADcAAACNAAAAAAA=";

    [TestCase(Stored)]
    [TestCase(Deflated)]
    public void Open_ArchiveAsNumPyMakesIt_GivesItsRows(string archive)
    {
        using var rows = Open(Convert.FromBase64String(archive));

        Assert.That((rows.ElementType, rows.Count, rows.RowLength), Is.EqualTo((ElementType.Float16, 2, 6)));
        Assert.That(rows.Shape, Is.EqualTo([2, 3]));
        Assert.That(ReadAll(rows), Is.EqualTo([1, -2.5, 3, 0.125, 65504, -0.0]));
    }

    [Test]
    public void ReadNext_WhatNpzFileWrote_GivesEveryRowInOrder([Values(1, 2, 7)] int count)
    {
        using var folder = new TemporaryFolder();
        var values = Enumerable.Range(0, count * 12).Select(i => i * 0.3f).ToArray();
        NpyArray.FromSingles(values, count, 3, 4).Write(folder.File("a.npy"));
        NpzFile.Write(folder.File("a.npy"), folder.File("a.npz"));

        using var rows = NpzRows.Open(folder.File("a.npz"));

        Assert.That((rows.Count, rows.RowElements), Is.EqualTo((count, 12)));
        Assert.That(ReadAll(rows), Is.EqualTo(values.Select(value => (double)value)));
    }

    [Test]
    public void ReadNext_AfterTheLastRow_Throws()
    {
        using var rows = Open(Convert.FromBase64String(Stored));
        ReadAll(rows);

        Assert.That(() => rows.ReadNext(new byte[6]), Throws.TypeOf<NpyFormatException>());
    }

    // NumPy pads heads to 64 bytes, other programs as they like; versions 2 and 3 have four bytes for the length.
    [Test]
    public void Open_HeadOfAnyVersionAndLength_IsRead([Values(1, 2, 3)] int version, [Values(0, 61, 200, 5000, 60_000)] int padding)
    {
        using var rows = Open(
            Archive(Npy(version, "{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }", padding, [0, 0, 128, 63, 0, 0, 0, 64])));

        Assert.That(ReadAll(rows), Is.EqualTo([1.0, 2.0]));
    }

    [Test]
    public void Open_SeveralArrays_IsRefused()
    {
        var array = Npy(1, "{'descr': '<f4', 'fortran_order': False, 'shape': (0,), }", 0, []);

        Assert.That(() => Open(Archive(array, array)), Refused("found 2 arrays in the archive; expected one"));
        Assert.That(() => Open(Archive()), Refused("found 0 arrays in the archive; expected one"));
    }

    [Test]
    public void Open_NoArchive_IsRefused()
    {
        Assert.That(() => Open(Encoding.ASCII.GetBytes("no archive at all, but long enough to be one")), Refused("the archive is damaged"));
        Assert.That(() => Open([]), Refused("the archive is damaged"));
    }

    [TestCase("{'descr': '<f4', 'fortran_order': False, 'shape': (), }", "found a single number")]
    [TestCase("{'descr': '<f4', 'fortran_order': False, 'shape': (1, 2000000000, 2000000000), }", "found rows of 2 GiB or more")]
    [TestCase("{'descr': '>f4', 'fortran_order': False, 'shape': (1,), }", "'>f4'")]
    public void Open_ArrayThatIsNotForUs_IsRefused(string header, string expected) =>
        Assert.That(() => Open(Archive(Npy(1, header, 0, new byte[4]))), Refused(expected));

    [Test]
    public void Open_HeadThatSaysItIsShorterThanAnyHead_IsRefused([Values(0, 1, 2)] int length)
    {
        byte[] file = [0x93, .. "NUMPY"u8, 1, 0, (byte)length, 0, .. "{}"u8];

        Assert.That(() => Open(Archive(file)), Refused("expected a head like {'descr'"));
    }

    [Test]
    public void Open_EntryThatIsNoArray_IsRefused() =>
        Assert.That(() => Open(Archive(Encoding.ASCII.GetBytes("text"))), Refused("do not begin like a .npy file"));

    [TestCase(8, "the array ends early; its shape is (2)")]
    [TestCase(-1, "found something behind the array of shape (2)")]
    public void ReadNext_OtherLengthThanTheShapeSays_Throws(int missing, string expected)
    {
        var data = new byte[16 - missing];
        using var rows = Open(Archive(Npy(1, "{'descr': '<f8', 'fortran_order': False, 'shape': (2,), }", 0, data)));

        Assert.That(() => ReadAll(rows), Refused(expected));
    }

    [Test]
    public void ReadNext_NumberThatIsNotWhatWasWritten_Throws()
    {
        var archive = Convert.FromBase64String(Stored);
        var head = archive.AsSpan().IndexOf((byte[])[0, 0x3C, 0, 0xC1]); // 1 and -2.5 as <f2
        archive[head] ^= 1;
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder.File("a.npz"), archive);

        using var rows = Open(archive);

        Assert.That(() => ReadAll(rows), Refused("found other bytes than those whose checksum it holds"));
        Assert.That(() => NpzFile.Read(folder.File("a.npz")),
            Throws.TypeOf<NpyFormatException>().With.Message.Contains("found other bytes than those whose checksum it holds"));
    }

    [Test]
    public void Open_ArchiveThatWasCut_IsRefused()
    {
        var whole = Convert.FromBase64String(Deflated);
        for (var length = 0; length < whole.Length; length++)
        {
            Assert.That(() => Open(whole[..length]), Refused("the archive is damaged"), $"{length} bytes");
        }
    }

    [Test]
    public void Open_AnythingAtAll_EitherReadsItOrThrowsOneException()
    {
        var random = new Random(1910);
        byte[][] seeds =
        [
            Convert.FromBase64String(Stored), Convert.FromBase64String(Deflated),
            Archive(Npy(2, "{'descr': '<f4', 'fortran_order': False, 'shape': (3, 2), }", 100, new byte[24])),
        ];
        var accepted = 0;
        const int inputs = 30_000;
        for (var i = 0; i < inputs; i++)
        {
            var file = (byte[])seeds[i % seeds.Length].Clone();
            for (var k = random.Next(1, 6); k > 0; k--)
            {
                file[random.Next(file.Length)] = (byte)random.Next(256);
            }

            var length = random.Next(4) == 0 ? random.Next(file.Length + 1) : file.Length;
            try
            {
                using var rows = Open(file[..length]);
                // Damage may ask for more rows than anybody would wait for; they end with the file.
                Assert.That(rows.RowLength, Is.GreaterThanOrEqualTo(0));
                var row = new byte[Math.Min(rows.RowLength, 1 << 20)];
                for (var k = 0; k < rows.Count && row.Length == rows.RowLength && row.Length > 0; k++)
                {
                    rows.ReadNext(row);
                }

                accepted++;
            }
            catch (NpyFormatException)
            {
                // What a damaged file must give.
            }
            catch (Exception e)
            {
                Assert.Fail($"Input {i}, {Convert.ToBase64String(file[..length])}: {e}");
            }
        }

        Assert.That(accepted, Is.InRange(1, inputs - 1), "inputs that are all accepted or all refused test little");
    }

    private static NpzRows Open(byte[] archive) => NpzRows.Open(new MemoryStream(archive), "bad.npz");

    private static ContainsConstraint Refused(string message) =>
        Throws.TypeOf<NpyFormatException>().With.Message.StartsWith("bad.npz: ").And.Message.Contains(message);

    private static double[] ReadAll(NpzRows rows)
    {
        var values = new double[rows.Count * rows.RowElements];
        var row = new byte[rows.RowLength];
        for (var i = 0; i < rows.Count; i++)
        {
            rows.ReadNext(row);
            ElementConversion.ToDoubles(row, rows.ElementType, values.AsSpan(i * rows.RowElements, rows.RowElements));
        }

        return values;
    }

    private static byte[] Npy(int version, string header, int padding, byte[] data)
    {
        var text = Encoding.ASCII.GetBytes(header + new string(' ', padding) + '\n');
        byte[] length = [(byte)text.Length, (byte)(text.Length >> 8)];
        return [0x93, .. "NUMPY"u8, (byte)version, 0, .. length, .. version == 1 ? Array.Empty<byte>() : [0, 0], .. text, .. data];
    }

    private static byte[] Archive(params byte[][] arrays)
    {
        using var file = new MemoryStream();
        using (var archive = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (place, array) in arrays.Index())
            {
                using var entry = archive.CreateEntry($"arr_{place}.npy", CompressionLevel.Fastest).Open();
                entry.Write(array);
            }
        }

        return file.ToArray();
    }
}
