namespace Bench.Benchmarks.Host;

/// <summary>Options that BenchmarkDotNet has and Bench has not, with what to do instead: many people try them first.</summary>
internal static class BenchmarkDotNetWords
{
    private const string Diagnoser =
        "Bench cannot use BenchmarkDotNet's diagnosers: they attach to a program that BenchmarkDotNet generates and builds, "
        + "and a launch of Bench is this very program, started again, so that it runs on machines without SDK and sources. "
        + "Each launch records its allocations and collections (run.json). For Bench's own code: --micro -- --memory.";

    private const string Counts = "the profile says how much is measured (--profile smoke|gate|default|paper); "
        + "--launches N takes another number of launches.";
    private const string Fixed = "Bench fixes it: one operation an iteration, nothing dropped, no forced collections; "
        + "the README's \"How it measures\" says why.";
    private const string Engines = "a job of Bench is a backend at a precision: --backends, --precisions.";
    private const string Selection = "Bench selects cells with --filter GLOB, --models, --backends and --precisions.";

    /// <summary>The hints, by option.</summary>
    public static IReadOnlyDictionary<string, string> Hints { get; } = Table(
        (Diagnoser, ["--memory", "-m", "--threading", "-t", "--exceptions", "--disasm", "-d", "--profiler", "-p", "--counters",
            "--disasmDepth", "--disasmFilter", "--disasmDiff"]),
        (Counts, ["--job", "-j", "--launchCount", "--warmupCount", "--minWarmupCount", "--maxWarmupCount", "--iterationCount",
            "--minIterationCount", "--maxIterationCount", "--iterationTime"]),
        (Fixed, ["--invocationCount", "--unrollFactor", "--strategy", "--outliers", "--noForcedGCs", "--noOverheadEvaluation",
            "--memoryRandomization", "--runOncePerIteration", "--inProcess", "-i"]),
        (Engines, ["--runtimes", "-r", "--coreRun", "--cli", "--packages", "--platform", "--monoPath", "--clrVersion",
            "--ilCompilerVersion", "--envVars"]),
        (Selection, ["--allCategories", "--anyCategories", "--attribute"]),
        ("use bench compare or bench gate: they compare launches, which differ more than iterations do.", ["--statisticalTest"]),
        ("Bench leaves affinity to you: start it under taskset, numactl or start /affinity; every launch inherits it.", ["--affinity"]),
        ("the report has every cell in one place already.", ["--join", "--apples", "--hide", "--allStats", "--maxWidth"]),
        ("a cell that fails is not tried again, and the others go on.", ["--stopOnFirstError"]),
        ("Bench builds no program for its benchmarks.",
            ["--keepFiles", "--buildTimeout", "--logBuildOutput", "--generateBinLog", "--noOverwrite"]),
        ("--list shows the matrix; bench report shows what a run measured on.", ["--info", "--disableLogFile", "--wakeLock"]));

    private static Dictionary<string, string> Table(params (string Hint, string[] Options)[] rows) =>
        rows.SelectMany(row => row.Options, (row, option) => (option, row.Hint))
            .ToDictionary(pair => pair.option, pair => pair.Hint, StringComparer.OrdinalIgnoreCase);
}
