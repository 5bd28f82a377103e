using System.Text.Json.Nodes;
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
            // The time on the GPU ended before the last launches of that run.
            Assert.That(folder.ReadManifest().Complete, Is.EqualTo(Path.GetFileName(path) != "20261127-063249-vm-a276ba6"), path);
        }
    }

    [Test]
    public void WriteManifest_FilesWithTheirOrigin_AreReadAsWritten()
    {
        using var temporary = new TemporaryFolder();
        var files = new Dictionary<string, FileFacts>
        {
            ["fp32"] = new(new string('a', 64), 1000) { Source = new string('a', 64) },
            ["fp16"] = new(new string('b', 64), 500) { Source = new string('a', 64), Recipe = "onnxconverter-common 1.14, float16" },
        };
        var folder = RunFixture.Create(temporary.Path, manifest => manifest with { Models = [manifest.Models[0] with { Files = files }] });

        Assert.That(folder.ReadManifest().Models[0].Files, Is.EqualTo(files));
        Assert.That(JsonSchemaCheck.Faults(Schema, File.ReadAllText(folder.ManifestPath)), Is.Empty);
    }

    /// <summary>They come along with every copy of the source: <c>bench trim</c> makes them small.</summary>
    [Test]
    public void CommittedReferenceRuns_AllFiles_TakeLessThanSixMegabytes()
    {
        var files = new DirectoryInfo(Repository.File("artifacts", "reference")).GetFiles("*", SearchOption.AllDirectories);

        Assert.That(files.Sum(file => file.Length), Is.LessThan(6_000_000));
    }

    [Test]
    public void QualityOfCommittedReferenceRuns_EveryFile_IsValid()
    {
        var schema = Repository.File("src", "Bench.Analysis", "Runs", "quality.schema.json");
        var files = Directory.GetFiles(Repository.File("artifacts", "reference"), "quality.json", SearchOption.AllDirectories);
        Assert.That(files, Has.Length.GreaterThan(4));
        foreach (var file in files)
        {
            Assert.That(JsonSchemaCheck.Faults(schema, File.ReadAllText(file)), Is.Empty, file);
            Assert.That(RunQuality.Read(new RunFolder(Path.GetDirectoryName(file)!))!.Outputs, Is.Not.Empty);
        }
    }

    /// <summary>Version 1 is read for ever, and what is read of a cell's name is what stands there.</summary>
    [Test]
    public void ReadManifest_CommittedReferenceRuns_KeepTheirCellsByteForByte()
    {
        foreach (var file in Directory.GetFiles(Repository.File("artifacts", "reference"), "run.json", SearchOption.AllDirectories))
        {
            var manifest = new RunFolder(Path.GetDirectoryName(file)!).ReadManifest();
            var cells = JsonNode.Parse(File.ReadAllText(file))!["cells"]!.AsArray();

            Assert.That(
                manifest.Cells.Select(cell => (cell.Id.ToString(), cell.Model, cell.Backend.ToString(), cell.Precision)),
                Is.EqualTo(cells.Select(cell => (Text(cell, "id"), Text(cell, "model"), Text(cell, "backend"), Text(cell, "precision")))),
                file);
        }

        static string Text(JsonNode? cell, string name) => cell![name]!.GetValue<string>();
    }

    [TestCase("model", "tiny", "huge")]
    [TestCase("backend", "ort-cpu", "ort-cpu@1.30.0")]
    [TestCase("precision", "fp32", "fp16")]
    public void ReadManifest_PartThatContradictsTheId_IsRefused(string part, string value, string other)
    {
        using var temporary = new TemporaryFolder();
        var folder = RunFixture.Create(temporary.Path);
        var text = File.ReadAllText(folder.ManifestPath);
        var cells = text.IndexOf("\"cells\"", StringComparison.Ordinal);
        var at = text.IndexOf($"\"{part}\": \"{value}\"", cells, StringComparison.Ordinal);
        File.WriteAllText(folder.ManifestPath, text[..at] + $"\"{part}\": \"{other}\"" + text[(at + part.Length + value.Length + 6)..]);

        Assert.That(() => folder.ReadManifest(), Throws.TypeOf<RunFormatException>().With.Message.Contains(
            $"found the {part} '{other}' in the cell tiny/ort-cpu/fp32/linux-x64; expected '{value}', as in its id"));
    }

    [Test]
    public void ReadManifest_IdThatIsNone_SaysWhatAnIdIs()
    {
        using var temporary = new TemporaryFolder();
        var folder = RunFixture.Create(temporary.Path);
        File.WriteAllText(folder.ManifestPath, File.ReadAllText(folder.ManifestPath)
            .Replace("tiny/ort-cpu/fp16/linux-x64", "tiny/ort-cpu/fp16", StringComparison.Ordinal));

        Assert.That(() => folder.ReadManifest(), Throws.TypeOf<RunFormatException>().With.Message.Contains(
            "Found the cell 'tiny/ort-cpu/fp16'; expected model/backend/precision/os-arch"));
    }

    [Test]
    public void ReadManifest_MissingFolder_SaysSo() => Assert.That(
        () => new RunFolder("/nowhere/run").ReadManifest(),
        Throws.TypeOf<RunFormatException>().With.Message.EqualTo("/nowhere/run: there is no such folder."));

    [TestCase("{", "damaged or truncated")]
    [TestCase("[]", "found no schemaVersion")]
    [TestCase("{\"schemaVersion\": 3}", "found schemaVersion 3; this version of Bench reads 1 to 2")]
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
