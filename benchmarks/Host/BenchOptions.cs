using Bench.Analysis.Cost;
using Bench.Analysis.Measurements;
using Bench.Benchmarks.Configs;
using Bench.Benchmarks.Engines;
using Bench.Benchmarks.Launches;
using Bench.Benchmarks.Preparing;
using Bench.Benchmarks.Tuning;
using Bench.Models;
using BenchmarkDotNet.Exporters;

namespace Bench.Benchmarks.Host;

/// <summary>What the user asked for, checked.</summary>
internal sealed record BenchOptions
{
    public required Profile Profile { get; init; }

    /// <summary>Where the models come from.</summary>
    public required IReadOnlyList<ModelSource> Models { get; init; }

    /// <summary>What the user says of their inputs and outputs.</summary>
    public NetworkQuestions Questions { get; init; } = NetworkQuestions.None;

    /// <summary>Where a card for the model is to be written instead of measuring it; null to measure.</summary>
    public string? WriteCard { get; init; }

    /// <summary>What the user says of int8 files that Bench makes.</summary>
    public Int8Options Int8 { get; init; } = Int8Options.None;

    /// <summary>Whether files that are made of the user's are kept beside them.</summary>
    public bool KeepConverted { get; init; }

    public required IReadOnlyList<string> Backends { get; init; }

    /// <summary>The same with those that are measured only where they are named: what a list shows.</summary>
    public required IReadOnlyList<string> ListedBackends { get; init; }

    public required IReadOnlyList<Precision> Precisions { get; init; }

    /// <summary>Whether the user named precisions, rather than meant what there is.</summary>
    public bool ArePrecisionsNamed { get; init; }

    /// <summary>What is searched; null where a matrix is measured.</summary>
    public TuneAsked? Tune { get; init; }

    /// <summary>How many launches the user named; null for none.</summary>
    public int? Launches { get; init; }

    /// <summary>Whether nobody said which backends, precisions and settings: see <see cref="DefaultMatrix"/>.</summary>
    public bool IsDefaultMatrix { get; init; }

    /// <summary>The combinations of knobs that are measured; one without any if none was named.</summary>
    public IReadOnlyList<Variant> Variants { get; init; } = [Variant.None];

    /// <summary>The open loads that every cell is measured under, beside the closed one.</summary>
    public IReadOnlyList<Load> Loads { get; init; } = [];

    /// <summary>Patterns of which a cell must match one; none if all cells are measured.</summary>
    public IReadOnlyList<string> Filters { get; init; } = [];

    /// <summary>Exporters of BenchmarkDotNet that are wanted beside those that always write.</summary>
    public IReadOnlyList<IExporter> Exporters { get; init; } = [];

    /// <summary>The folder under which the run's own folder is made.</summary>
    public required string Output { get; init; }

    public required bool Verbose { get; init; }

    public required ulong Seed { get; init; }

    public string? Hardware { get; init; }

    public double? UsdPerHour { get; init; }

    public required PriceCatalogue Prices { get; init; }

    /// <summary>Libraries that the user named.</summary>
    public EngineLibraries Libraries { get; init; } = EngineLibraries.None;

    /// <summary>Whether a cell counts although parts that matter ran elsewhere.</summary>
    public bool AllowFallback { get; init; }

    /// <summary>Whether a program that stands in for a graphics processor is measured.</summary>
    public bool AllowSoftwareDevice { get; init; }

    /// <summary>What takes longer on purpose; null in an honest run.</summary>
    public SlowDown? SlowDown { get; init; }

    /// <summary>The backends that the user named, rather than meant by "all": they must be here.</summary>
    public required IReadOnlyList<string> NamedBackends { get; init; }

    public required IReadOnlyList<string> CommandLine { get; init; }
}
