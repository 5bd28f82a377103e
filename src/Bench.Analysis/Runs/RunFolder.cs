using System.Text;
using System.Text.Json;
using Bench.Analysis.Input;
using Bench.Analysis.Measurements;

namespace Bench.Analysis.Runs;

/// <summary>The folder of one run, and the names of what lies in it.</summary>
/// <param name="Path">The folder.</param>
public sealed record RunFolder(string Path)
{
    private const long MaximumManifestBytes = 256L << 20;

    /// <summary>The manifest.</summary>
    public string ManifestPath => System.IO.Path.Combine(Path, "run.json");

    /// <summary>BenchmarkDotNet's own exports.</summary>
    public string BenchmarkDotNetPath => System.IO.Path.Combine(Path, "bdn");

    /// <summary>The networks' outputs.</summary>
    public string OutputsPath => System.IO.Path.Combine(Path, "outputs");

    /// <summary>What a run needs while it goes on. It holds paths of the machine, and is gone when the run is complete.</summary>
    public string WorkPath => System.IO.Path.Combine(Path, ".work");

    /// <summary>What a search was made with: a run of short launches, in which nobody may take anything for a result.</summary>
    public string SearchPath => System.IO.Path.Combine(Path, "search");

    /// <summary>The settings that a search chose, as code, beside the network that they are for.</summary>
    public string SettingsPath => System.IO.Path.Combine(Path, "settings");

    /// <summary>What is kept of the outputs once they are gone.</summary>
    public string QualityPath => System.IO.Path.Combine(Path, "quality.json");

    /// <summary>The report for people.</summary>
    public string MarkdownReportPath => System.IO.Path.Combine(Path, "report.md");

    /// <summary>The report for programs.</summary>
    public string JsonReportPath => System.IO.Path.Combine(Path, "report.json");

    /// <summary>Where the outputs of a cell lie, relative to the folder.</summary>
    /// <param name="cellId">The cell.</param>
    /// <returns>A path with forward slashes.</returns>
    public static string OutputsOf(CellId cellId) => $"outputs/{cellId.FileName}.npy";

    /// <summary>Writes the manifest; one that stands there is replaced only once the new one is whole.</summary>
    /// <param name="manifest">What to write.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void WriteManifest(RunManifest manifest)
    {
        var written = manifest.SchemaVersion > 1 ? RunAssembly.Short(manifest) : manifest;
        var text = JsonSerializer.Serialize(written, RunJson.Options).ReplaceLineEndings("\n") + "\n";
        AtomicFile.Write(ManifestPath, Encoding.UTF8.GetBytes(text));
    }

    /// <summary>What the run's launches left.</summary>
    public LaunchFolder Launches => new(this);

    /// <summary>Reads the manifest, and completes its cells from what the launches left.</summary>
    /// <returns>The run, as far as it was measured.</returns>
    /// <exception cref="RunFormatException">A file is missing, damaged or of another version.</exception>
    public RunManifest ReadManifest()
    {
        var plan = ReadPlan();
        return plan.SchemaVersion > 1 ? RunAssembly.Complete(plan, Launches) : plan;
    }

    /// <summary>Reads the manifest alone: in version 2 what the run is to measure.</summary>
    /// <returns>What it says.</returns>
    /// <exception cref="RunFormatException">It is missing, damaged or of another version.</exception>
    public RunManifest ReadPlan()
    {
        if (!File.Exists(ManifestPath))
        {
            throw new RunFormatException(
                Path, Directory.Exists(Path)
                    ? "found no run.json; expected the folder of a run (artifacts/runs/…)."
                    : "there is no such folder.");
        }

        return InputFile.Read(
            ManifestPath,
            MaximumManifestBytes,
            _ => $"found more than {MaximumManifestBytes >> 20} MiB; expected the manifest of a run.",
            () => Parse(File.ReadAllBytes(ManifestPath), ManifestPath));
    }

    /// <summary>Reads the contents of a manifest.</summary>
    /// <exception cref="RunFormatException">They are damaged or of another version.</exception>
    internal static RunManifest Parse(ReadOnlySpan<byte> text, string path)
    {
        try
        {
            CheckVersion(text, path);
            var manifest = JsonSerializer.Deserialize<RunManifest>(text, RunJson.Options);
            if (manifest is null || HasHoles(manifest))
            {
                throw new RunFormatException(path, "found null where a run, model, cell or launch was expected.");
            }

            return FaultOf(manifest) is { } fault ? throw new RunFormatException(path, fault) : manifest;
        }
        catch (JsonException e)
        {
            throw new RunFormatException(path, $"the file is damaged or truncated: {e.Message}", e);
        }
    }

    // The serializer sees to members that must not be null, but not to what lists and dictionaries hold.
    private static bool HasHoles(RunManifest manifest) =>
        manifest.CommandLine.Any(argument => argument is null)
        || manifest.Software.Values.Any(version => version is null)
        || manifest.Machine.Gpus.Any(gpu => gpu is null)
        || manifest.Nodes?.Any(node => node is null) == true
        || manifest.Models.Any(model => model is null || model.Files.Values.Any(file => file is null))
        || manifest.Cells.Any(cell => cell is null
            || cell.Launches.Any(launch => launch is null)
            || cell.NodesElsewhere.Any(node => node is null)
            || cell.Warnings.Any(warning => warning is null)
            || cell.Complaints.Any(complaint => complaint is null)
            || cell.Resolved?.Values.Any(value => value is null) == true
            || cell.EngineSettings.Values.Any(setting => setting is null));

    private static string? FaultOf(RunManifest manifest) =>
        manifest.Models.FirstOrDefault(model => model.DataCount < 0 || model.EvaluatedCount < 0) is { } model
            ? $"found a negative number of images of {model.Id}; expected 0 or more."
        : manifest.Cells.CountBy(cell => cell.Measurement).FirstOrDefault(cell => cell.Value > 1) is { Key: { } twice }
            ? $"found the cell {twice} twice; expected every cell once."
        : null;

    private static void CheckVersion(ReadOnlySpan<byte> text, string path)
    {
        var reader = new Utf8JsonReader(text);
        using var document = JsonDocument.ParseValue(ref reader);
        if (document.RootElement.ValueKind != JsonValueKind.Object
            || !document.RootElement.TryGetProperty("schemaVersion", out var version)
            || version.ValueKind != JsonValueKind.Number
            || !version.TryGetInt32(out var number))
        {
            throw new RunFormatException(path, $"found no schemaVersion; expected 1 or {RunManifest.CurrentSchemaVersion}.");
        }

        if (number is < 1 or > RunManifest.CurrentSchemaVersion)
        {
            throw new RunFormatException(
                path,
                $"found schemaVersion {number}; this version of Bench reads 1 to {RunManifest.CurrentSchemaVersion}. "
                + "Use the Bench that wrote it.");
        }
    }
}
