using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Bench.Analysis.Input;
using Bench.Analysis.Json;
using Bench.Analysis.Rendering;

namespace Bench.Analysis.Comparison;

/// <summary>How runs of the same code differ on a machine: what <c>bench noise</c> measured.</summary>
/// <param name="SchemaVersion">The version of the file.</param>
/// <param name="Machine">What the machine is known by.</param>
/// <param name="Runs">The runs that it was made from.</param>
/// <param name="Control">The pattern of the cells that cannot have changed; null for none.</param>
/// <param name="Cells">What was found, by cell.</param>
public sealed record NoiseFile(
    int SchemaVersion,
    IReadOnlyDictionary<string, string> Machine,
    IReadOnlyList<string> Runs,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Control,
    IReadOnlyDictionary<string, NoiseFile.CellNoise> Cells)
{
    /// <summary>The version of the file that this code writes and reads.</summary>
    public const int CurrentSchemaVersion = 2;

    /// <summary>The fewest runs that say anything.</summary>
    public const int FewestRuns = 3;

    /// <summary>From how many runs on intervals are not much wider than they need be: with three, Student's t is 4.3.</summary>
    public const int SensibleRuns = 8;

    private const double LargestVariance = 10;
    private const double Level = 0.95;
    private const long MaximumBytes = 16L << 20;

    /// <summary>What is known of a cell.</summary>
    /// <param name="Alone">How its typical time differs from run to run.</param>
    /// <param name="ToControl">The same once the control cells' changes are taken out; null without any.</param>
    public sealed record CellNoise(
        NoiseVariance Alone, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] NoiseVariance? ToControl);

    /// <summary>What is known of a cell.</summary>
    /// <param name="cell">Its name.</param>
    /// <param name="toControl">Whether control cells' changes are taken out.</param>
    /// <returns>The variance; null if the file does not have it.</returns>
    public NoiseVariance? Of(string cell, bool toControl) =>
        Cells.GetValueOrDefault(cell) is { } noise ? toControl ? noise.ToControl : noise.Alone : null;

    /// <summary>Reads a file.</summary>
    /// <param name="path">What <c>bench noise</c> wrote.</param>
    /// <returns>What it says.</returns>
    /// <exception cref="RunFormatException">The file is missing, damaged, or of another version.</exception>
    public static NoiseFile Read(string path) => InputFile.Read(
        path,
        MaximumBytes,
        _ => "found more than 16 MiB; expected what bench noise wrote.",
        () => Parse(File.ReadAllBytes(path), path));

    internal static NoiseFile Parse(ReadOnlySpan<byte> json, string path)
    {
        NoiseFile? file;
        try
        {
            file = JsonSerializer.Deserialize(json, NoiseJson.Default.NoiseFile);
        }
        catch (JsonException e)
        {
            throw new RunFormatException(path, $"found no measure of noise: {e.Message} Expected what bench noise wrote.", e);
        }

        if (file is { SchemaVersion: not CurrentSchemaVersion })
        {
            throw new RunFormatException(path, file.SchemaVersion == 0
                ? "found no noise file; expected what bench noise wrote: bench noise RUN RUN RUN --output noise.json."
                : $"found version {file.SchemaVersion} of a noise file; expected {CurrentSchemaVersion}. "
                    + "Make a new one: bench noise RUN RUN …");
        }

        return file is { Machine.Count: > 0, Runs: not null, Cells: not null }
            && file.Runs.Distinct().Count() >= FewestRuns
            && file.Machine.Values.All(value => value is not null)
            && file.Cells.Values.All(cell => cell is { Alone: not null } && IsSensible(cell.Alone)
                && (cell.ToControl is null || IsSensible(cell.ToControl)))
            ? file
            : throw new RunFormatException(path, "found a noise file without machine, without three runs, without cells, "
                + "or with variances that are none; expected what bench noise wrote.");
    }

    /// <summary>What it says, in a sentence or two.</summary>
    /// <returns>Below which no slowdown can be shown by two further runs, of the quietest and of the noisiest cell.</returns>
    public string Describe()
    {
        var growth = Cells.Select(cell => (cell.Key, Share: Math.Exp(Math.Sqrt(cell.Value.Alone.SquaredHalfWidth(Level))) - 1))
            .OrderBy(cell => cell.Share).ToList();
        var (least, most) = (growth[0], growth[^1]);
        return string.Create(CultureInfo.InvariantCulture,
            $"{Runs.Count} runs, {Cells.Count} {(Cells.Count == 1 ? "cell or benchmark" : "cells or benchmarks")}. ")
            + $"Runs of the same code differ so much that no slowdown below +{Figures.PercentResult(least.Share)} can be shown"
            + (growth.Count == 1 ? "." : $" ({least.Key}), at worst none below +{Figures.PercentResult(most.Share)} ({most.Key}).")
            + " Few launches a side add to that. A --threshold must be larger, or hardly anything passes.";
    }

    /// <summary>Writes the file.</summary>
    /// <returns>JSON, with line feeds.</returns>
    public string ToJson() => JsonText.Write(this);

    /// <summary>Refuses a file of another machine, or with another control.</summary>
    /// <param name="side">A side of the comparison.</param>
    /// <param name="control">The pattern of control cells in the comparison.</param>
    /// <param name="path">The file, for messages.</param>
    /// <exception cref="RunFormatException">The machine is another one.</exception>
    public void CheckMachine(ComparisonSide side, string? control, string path)
    {
        var other = side.Traits.Where(trait => trait.MustMatch)
            .FirstOrDefault(trait => Machine.TryGetValue(trait.Name, out var value) && (trait with { Value = value }).Key != trait.Key);
        if (other is not null)
        {
            throw new RunFormatException(path, "the noise was measured on another machine: "
                + $"{other.Name} is {Machine[other.Name]} there and {other.Value} in {side.Source}. Measure it on this one.");
        }

        if (control is not null && control != Control)
        {
            throw new RunFormatException(path,
                $"the noise was measured {(Control is null ? "without --control" : $"with --control {Control}")}; expected the same here.");
        }
    }

    private static bool IsSensible(NoiseVariance noise) =>
        noise is { Runs: >= FewestRuns, Total: >= 0 and < LargestVariance, Within: >= 0 and < LargestVariance };
}

/// <summary>How noise files are read.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(NoiseFile))]
internal sealed partial class NoiseJson : JsonSerializerContext;
