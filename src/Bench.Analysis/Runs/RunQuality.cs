using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Bench.Analysis.Input;
using Bench.Analysis.Measurements;

namespace Bench.Analysis.Runs;

/// <summary>
/// What <c>quality.json</c> holds: what is kept of a run's outputs once they are gone. Scores and answers of images stand with the cells.
/// </summary>
/// <remarks>The schema is <c>src/Bench.Analysis/Runs/quality.schema.json</c>.</remarks>
public sealed partial record RunQuality
{
    /// <summary>The version of the format.</summary>
    public const int CurrentSchemaVersion = 1;

    private const long MaximumBytes = 256L << 20;

    /// <summary>The version of the format.</summary>
    public int SchemaVersion { get; init; } = CurrentSchemaVersion;

    /// <summary>What the outputs of each cell were.</summary>
    public required IReadOnlyList<KeptOutputs> Outputs { get; init; }

    /// <summary>How far outputs were apart: of every cell and the one that the run's report compares it with, and of others. Cells of which
    /// <see cref="Outputs"/> says the same have the same pairs, which stand here once; equal outputs have none.</summary>
    public required IReadOnlyList<KeptDifferences> Pairs { get; init; }

    /// <summary>Which outputs a cell had.</summary>
    /// <param name="cell">The cell.</param>
    /// <returns>SHA-256 of their numbers; null if nothing was kept.</returns>
    public string? ContentOf(CellId cell) => Outputs.FirstOrDefault(outputs => outputs.Cell == cell)?.Sha256;

    /// <summary>Reads the file of a run.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <returns>What it holds; null if there is none.</returns>
    /// <exception cref="RunFormatException">It is damaged or of another version.</exception>
    public static RunQuality? Read(RunFolder folder) => !File.Exists(folder.QualityPath) ? null : InputFile.Read(
        folder.QualityPath,
        MaximumBytes,
        length => $"found {length >> 20} MiB; expected at most {MaximumBytes >> 20}: what is kept of a run's outputs.",
        () => Parse(File.ReadAllBytes(folder.QualityPath), folder.QualityPath));

    /// <summary>Reads the contents of a file.</summary>
    /// <exception cref="RunFormatException">They are damaged or of another version.</exception>
    internal static RunQuality Parse(ReadOnlySpan<byte> text, string path)
    {
        try
        {
            var quality = JsonSerializer.Deserialize<RunQuality>(text, RunJson.Compact);
            return quality is null ? throw new RunFormatException(path, "found null; expected what was kept of a run's outputs.")
                : quality.Fault() is { } fault ? throw new RunFormatException(path, fault)
                : quality;
        }
        catch (JsonException e)
        {
            throw new RunFormatException(path, $"the file is damaged or truncated: {e.Message}", e);
        }
    }

    /// <summary>The text that <see cref="Parse"/> reads; every number is as short as it can be and still the same.</summary>
    internal byte[] ToUtf8() => [.. JsonSerializer.SerializeToUtf8Bytes(this, RunJson.Compact), (byte)'\n'];

    private string? Fault()
    {
        if (SchemaVersion != CurrentSchemaVersion)
        {
            return $"found schemaVersion {SchemaVersion}; this version of Bench reads {CurrentSchemaVersion}. Use the Bench that wrote it.";
        }

        if (Outputs.Any(outputs => outputs is null) || Pairs.Any(pair => pair is null))
        {
            return "found null where outputs of a cell, or a pair of cells, were expected.";
        }

        if (Outputs.FirstOrDefault(outputs => !Hash().IsMatch(outputs.Sha256)) is { } wrong)
        {
            return $"found '{wrong.Sha256}' for the outputs of {wrong.Cell}; expected SHA-256 in lower-case hex.";
        }

        if (Outputs.GroupBy(outputs => outputs.Cell).FirstOrDefault(cells => cells.Count() > 1) is { } twice)
        {
            return $"found the outputs of {twice.Key} {twice.Count()} times; expected every cell once.";
        }

        var known = Outputs.Select(outputs => outputs.Cell).ToHashSet();
        return Pairs.Select(pair => pair.Fault(known)).FirstOrDefault(fault => fault is not null);
    }

    [GeneratedRegex("^[0-9a-f]{64}$")]
    private static partial Regex Hash();
}

/// <summary>Which outputs a cell had.</summary>
/// <param name="Cell">The cell.</param>
/// <param name="Sha256">SHA-256 in lower-case hex of all numbers of all images, wherever they lay: equal outputs have equal ones.</param>
public sealed record KeptOutputs(CellId Cell, string Sha256);

/// <summary>How far the outputs of two cells were apart.</summary>
/// <param name="Cell">The cell.</param>
/// <param name="Reference">The cell that it was compared with.</param>
/// <param name="LargestDifferences">For each evaluated image the largest absolute difference of any two elements of both outputs, in the
/// unit of the outputs.</param>
public sealed record KeptDifferences(CellId Cell, CellId Reference, IReadOnlyList<double> LargestDifferences)
{
    /// <summary>What else is known where there are no labels; null where there are.</summary>
    public RawDifferences? Raw { get; init; }

    internal string? Fault(IReadOnlySet<CellId> known)
    {
        if (new[] { Cell, Reference }.FirstOrDefault(cell => !known.Contains(cell)) is { } unknown)
        {
            return $"found a pair with {unknown}; expected cells of which outputs are listed.";
        }

        if (Raw is { } raw && !(raw.Span >= 0 && double.IsFinite(raw.Span) && raw.LowestCosine is >= -1 and <= 1
                && raw.OtherScale is null or { Span: > 0 and < double.PositiveInfinity, Difference: >= 0 and < double.PositiveInfinity }))
        {
            return FormattableString.Invariant($"found the span {raw.Span} and the cosine {raw.LowestCosine} between {Cell} and ")
                + $"{Reference}; expected a finite number, and one from -1 to 1.";
        }

        foreach (var difference in LargestDifferences)
        {
            if (!(difference >= 0 && double.IsFinite(difference)))
            {
                return FormattableString.Invariant($"found the difference {difference} between {Cell} and {Reference}; ")
                    + "expected finite numbers, not below 0.";
            }
        }

        return LargestDifferences.Count > 0 ? null : $"found no differences between {Cell} and {Reference}; expected one for each image.";
    }
}

/// <summary>How far outputs without labels are apart, all images together.</summary>
/// <param name="Span">The largest number of all of the reference's outputs less the smallest; their magnitude if all are one
/// number.</param>
/// <param name="LowestCosine">The smallest cosine of the two outputs of an image; 1 if they have one direction.</param>
/// <param name="ChangedTopClasses">How many images have another top class, where outputs look like scores of classes; else null.</param>
public sealed record RawDifferences(double Span, double LowestCosine, int? ChangedTopClasses)
{
    /// <summary>Whether the reference gives the same for every image, so that agreement shows little.</summary>
    public bool IsConstant { get; init; }

    /// <summary>Of the channels of the output whose numbers are of a smaller scale than the rest the one that differs most by its own
    /// span; null if all are of one scale.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ChannelDifference? OtherScale { get; init; }

    /// <summary>Equal outputs of which nothing more is known.</summary>
    internal static readonly RawDifferences None = new(0, 1, null);
}

/// <summary>How far a channel of an output is apart.</summary>
/// <param name="Span">The largest number of the reference's channel less the smallest, in the unit of the output.</param>
/// <param name="Difference">The largest absolute difference, in the same unit.</param>
public sealed record ChannelDifference(double Span, double Difference);
