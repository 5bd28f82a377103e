using Bench.Analysis.Input;
using Bench.Analysis.Runs;

namespace Bench.Analysis.Tests.Runs;

public class RunFolderTests
{
    private static readonly string Schema = Repository.File("src", "Bench.Analysis", "Runs", "run.schema.json");

    [Test]
    public void WriteManifest_ThenRead_GivesTheSame()
    {
        using var temporary = new TemporaryFolder();
        var folder = RunFixture.Create(temporary.Path);
        var text = File.ReadAllText(folder.ManifestPath);

        folder.WriteManifest(folder.ReadManifest());

        Assert.That(File.ReadAllText(folder.ManifestPath), Is.EqualTo(text));
        Assert.That(JsonSchemaCheck.Faults(Schema, text), Is.Empty);
    }

    [Test]
    public void ReadManifest_CommittedReferenceRuns_AreValid()
    {
        var paths = Directory.GetFiles(Repository.File("artifacts", "reference"), "run.json", SearchOption.AllDirectories)
            .Select(file => Path.GetDirectoryName(file)!).ToList();
        Assert.That(paths, Has.Count.GreaterThan(4));
        foreach (var path in paths)
        {
            var folder = new RunFolder(path);

            Assert.That(JsonSchemaCheck.Faults(Schema, File.ReadAllText(folder.ManifestPath)), Is.Empty, path);
            Assert.That(folder.ReadManifest().Complete, path);
        }
    }

    [Test]
    public void ReadManifest_MissingFolder_SaysSo() => Assert.That(
        () => new RunFolder("/nowhere/run").ReadManifest(),
        Throws.TypeOf<RunFormatException>().With.Message.EqualTo("/nowhere/run: there is no such folder."));

    [TestCase("{", "damaged or truncated")]
    [TestCase("[]", "found no schemaVersion")]
    [TestCase("{\"schemaVersion\": 2}", "found schemaVersion 2; this version of Bench reads 1")]
    [TestCase("{\"schemaVersion\": 1}", "damaged or truncated")]
    [TestCase("", "damaged or truncated")]
    [TestCase("null", "found no schemaVersion")]
    [TestCase("{\"schemaVersion\": \"1\"}", "found no schemaVersion")]
    public void ReadManifest_DamagedFile_SaysWhat(string text, string expected)
    {
        using var temporary = new TemporaryFolder();
        temporary.Write("run.json", text);

        Assert.That(
            () => new RunFolder(temporary.Path).ReadManifest(), Throws.TypeOf<RunFormatException>().With.Message.Contains(expected));
    }

    [Test]
    public void ReadManifest_AnyDamage_EitherReadsItOrThrowsOneException()
    {
        using var temporary = new TemporaryFolder();
        var folder = RunFixture.Create(temporary.Path);
        var whole = File.ReadAllBytes(folder.ManifestPath);
        var random = new Random(1910);
        for (var i = 0; i < 2000; i++)
        {
            var bytes = (byte[])whole.Clone();
            bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            File.WriteAllBytes(folder.ManifestPath, bytes[..(i % 2 == 0 ? random.Next(bytes.Length) : bytes.Length)]);
            try
            {
                folder.ReadManifest();
            }
            catch (RunFormatException)
            {
                // What a damaged file must give.
            }
        }
    }
}
