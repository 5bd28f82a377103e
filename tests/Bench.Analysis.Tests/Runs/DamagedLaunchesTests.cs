using System.IO.Compression;
using System.Runtime.InteropServices;
using Bench.Analysis.Runs;
using Bench.Arrays.Npy;
using Bench.Arrays.Npz;

namespace Bench.Analysis.Tests.Runs;

public class DamagedLaunchesTests
{
    private TemporaryFolder _temporary = null!;
    private RunFolder _run = null!;

    [SetUp]
    public void Create()
    {
        _temporary = new TemporaryFolder();
        _run = LaunchFixture.Create(_temporary.File("run"), LaunchFixture.Plain, LaunchFixture.Half);
    }

    [TearDown]
    public void Delete() => _temporary.Dispose();

    [Test]
    public void DeleteDamaged_LaunchesWithDamagedFiles_AreForgottenAndNamed()
    {
        LaunchFixture.WriteLaunches(_run, LaunchFixture.Plain, 3);
        File.Delete(_run.Launches.LatenciesPath(LaunchFixture.Name(LaunchFixture.Plain, 1)));
        File.WriteAllText(
            _run.Launches.LatenciesPath(LaunchFixture.Name(LaunchFixture.Plain, 2)).Replace(".npy", ".json", StringComparison.Ordinal),
            "{");

        var damaged = _run.Launches.DeleteDamaged();

        Assert.That(damaged, Has.Count.EqualTo(2));
        Assert.That(_run.Launches.ReadAll().Select(record => record.Round), Is.EqualTo([3]));
    }

    [Test]
    public void DeleteDamaged_OutputsOfOtherNumbers_AreForgottenWithAllTheirLaunches()
    {
        LaunchFixture.Write(_run, LaunchFixture.Record(LaunchFixture.Plain, 1, LaunchFixture.Share(_run, [0, 1], 0)));
        LaunchFixture.Write(_run, LaunchFixture.Record(LaunchFixture.Plain, 2, LaunchFixture.Share(_run, [0, 1], 0)));
        LaunchFixture.Write(_run, LaunchFixture.Record(LaunchFixture.Plain, 3, LaunchFixture.Share(_run, [2, 3], 0)));
        LaunchFixture.Write(_run, LaunchFixture.Record(LaunchFixture.Plain, 4, LaunchFixture.Share(_run, [4, 5], 0)));
        var damaged = Path.Combine(_run.Path, LaunchFixture.Share(_run, [0, 1], 0).File);
        ChangeANumber(damaged);
        var missing = Path.Combine(_run.Path, LaunchFixture.Share(_run, [2, 3], 0).File);
        File.Delete(missing);

        var found = _run.Launches.DeleteDamaged();

        Assert.That(found, Has.Count.EqualTo(3));
        Assert.That(found, Has.One.Contains("checksum"));
        Assert.That(_run.Launches.ReadAll().Select(record => record.Round), Is.EqualTo([4]));
        Assert.That((File.Exists(damaged), File.Exists(missing)), Is.EqualTo((false, false)));
    }

    /// <summary>Changes a number of the array and nothing else, not even the checksum: the archive still opens and decompresses.</summary>
    private static void ChangeANumber(string path)
    {
        uint sum;
        using (var archive = ZipFile.OpenRead(path))
        {
            sum = archive.Entries[0].Crc32;
        }

        // The same numbers but one, deflated again, with the checksum of before.
        var array = NpzFile.Read(path);
        var numbers = MemoryMarshal.Cast<byte, float>(array.Bytes).ToArray();
        numbers[0] += 1;
        NpyArray.FromSingles(numbers, [.. array.Shape]).Write($"{path}.npy");
        NpzFile.Write($"{path}.npy", path);
        File.Delete($"{path}.npy");
        var bytes = File.ReadAllBytes(path);
        uint now;
        using (var archive = ZipFile.OpenRead(path))
        {
            now = archive.Entries[0].Crc32;
        }

        for (int at; (at = bytes.AsSpan().IndexOf(BitConverter.GetBytes(now))) >= 0;)
        {
            BitConverter.TryWriteBytes(bytes.AsSpan(at), sum);
        }

        File.WriteAllBytes(path, bytes);
    }
}
