using Bench.Inference.NativeRuntimes;

namespace Bench.Benchmarks.Host;

/// <summary>Where Bench's own folders are: in the repository, or beside a published program.</summary>
/// <param name="Root">The folder that holds <c>models</c> and <c>artifacts</c>.</param>
internal sealed record BenchPaths(string Root)
{
    /// <summary>Names another folder for what is derived: where the program's own folder cannot be written, or is shared.</summary>
    public const string CacheVariable = "BENCH_CACHE";

    public string Models => Path.Combine(Root, "models");

    /// <summary>Where derived networks and built engines are kept: in the folder of the models, or where
    /// <see cref="CacheVariable"/> says.</summary>
    public string Cache { get; init; } = Environment.GetEnvironmentVariable(CacheVariable) is { Length: > 0 } named
        ? Path.GetFullPath(named)
        : Path.Combine(Root, "models", ".cache");

    public string Runs => Path.Combine(Root, "artifacts", "runs");

    /// <summary>Run folders are passed on and committed: where the repository and what a user measures lie on this machine is nobody's
    /// business. Paths stay such that they can be pasted where the program was started.</summary>
    public string Hide(string text)
    {
        var here = Path.TrimEndingDirectorySeparator(Environment.CurrentDirectory) + Path.DirectorySeparatorChar;
        var comparison = OperatingSystem.IsWindows() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        text = text.Replace(Root, ".", comparison).Replace(Cache, ".cache", comparison);
        text = here.Length > 1 ? text.Replace(here, string.Empty, comparison) : text;
        return home.Length > 1 ? text.Replace(home, "~", comparison) : text;
    }

    /// <summary>The program's own folder if it was published, which has models in it; otherwise looks upwards from there for
    /// the solution file.</summary>
    public static BenchPaths Find()
    {
        var program = Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory);
        return new BenchPaths(Directory.Exists(Path.Combine(program, "models")) ? program : Checkout.Around(program) ?? program);
    }
}
