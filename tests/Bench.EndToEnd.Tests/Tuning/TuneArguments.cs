namespace Bench.EndToEnd.Tests.Tuning;

/// <summary>A search of two configurations.</summary>
internal static class TuneArguments
{
    /// <summary>The arguments.</summary>
    /// <param name="folder">Where the run goes.</param>
    /// <param name="others">What else there is.</param>
    public static string[] Of(TemporaryFolder folder, params string[] others) =>
    [
        "tune", "--backends", "ort-cpu", "--profile", "smoke", "--launches", "8", "--usd-per-hour", "0.0765",
        "--output", folder.File("runs"),
        .. others.Contains("--models") ? [] : new[] { "--models", "unet" },
        .. others.Contains("--batch") ? [] : new[] { "--batch", "1" },
        .. others.Any(other => other.StartsWith("optimisation=", StringComparison.Ordinal)) ? []
            : new[] { "--set", "optimisation=all" },
        "--streams", "1", "--set", "ep.session.intra_op.allow_spinning=default", .. others,
    ];
}
