using System.Runtime.Versioning;
using Bench.Analysis.Runs;

namespace Bench.Analysis.Tests.Runs;

public class AtomicFileTests
{
    [Test]
    public void Write_OverAnother_ReplacesItAndLeavesNothingPartial()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("a.json", "a longer text that stood there before");

        AtomicFile.Write(path, "new"u8);

        Assert.That(File.ReadAllText(path), Is.EqualTo("new"));
        Assert.That(Directory.GetFileSystemEntries(folder.Path), Has.Length.EqualTo(1));
    }

    [Test]
    public void Write_PlaceThatIsAFolder_FailsAndRemovesWhatWasPartial()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(Path.Combine(folder.File("a.json"), "inside"));

        Assert.That(
            () => AtomicFile.Write(folder.File("a.json"), "new"u8),
            Throws.InstanceOf<IOException>().Or.TypeOf<UnauthorizedAccessException>());

        Assert.That(Directory.GetFileSystemEntries(folder.Path), Is.EqualTo([folder.File("a.json")]));
        Assert.That(Directory.Exists(Path.Combine(folder.File("a.json"), "inside")));
    }

    [Test]
    public void Write_FolderThatIsNotThere_Fails()
    {
        using var folder = new TemporaryFolder();

        Assert.That(() => AtomicFile.Write(Path.Combine(folder.Path, "no", "a.json"), "new"u8), Throws.InstanceOf<IOException>());
    }

    [Test]
    [Platform("Linux,MacOsX")]
    [UnsupportedOSPlatform("windows")]
    public void Write_ReadOnlyFolder_LeavesWhatStandsThere()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("a.json", "before");
        File.SetUnixFileMode(folder.Path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        try
        {
            if (Environment.IsPrivilegedProcess)
            {
                Assert.Ignore("root may write into every folder; run as another user, or see MatrixRunTests for a read-only file system");
            }

            Assert.That(() => AtomicFile.Write(path, "new"u8), Throws.TypeOf<UnauthorizedAccessException>());
            Assert.That(File.ReadAllText(path), Is.EqualTo("before"));
        }
        finally
        {
            File.SetUnixFileMode(folder.Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    [Test]
    [Platform("Linux,MacOsX")]
    public void Write_WhileOthersRead_ShowsTheOldOrTheNewAndNeverAPart()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("a");
        byte[][] contents = [new byte[10_000], [.. Enumerable.Repeat((byte)1, 20_000)]];
        AtomicFile.Write(path, contents[0]);
        var writer = Task.Run(() =>
        {
            for (var i = 1; i <= 100; i++)
            {
                AtomicFile.Write(path, contents[i % 2]);
            }
        });

        while (!writer.IsCompleted)
        {
            var read = File.ReadAllBytes(path);
            Assert.That(contents.Any(content => content.AsSpan().SequenceEqual(read)), "neither the one nor the other");
        }

        Assert.That(writer.IsCompletedSuccessfully);
    }
}
