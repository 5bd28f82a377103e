namespace Bench.Inference;

/// <summary>Whether a backend works on this machine.</summary>
/// <param name="IsAvailable">Whether it does.</param>
/// <param name="Engine">Engine and version, for example <c>onnxruntime 1.30.0</c>; empty if unavailable.</param>
/// <param name="Source">Where the engine comes from, for example <c>nuget Microsoft.ML.OnnxRuntime@1.30.0</c>;
/// empty if unavailable.</param>
/// <param name="Reason">Why it is unavailable, and the remedy; empty if available.</param>
public sealed record BackendAvailability(bool IsAvailable, string Engine, string Source, string Reason)
{
    /// <summary>Whether all that is wrong is that the engine is not here: fetching it may help.</summary>
    public bool IsMissing { get; init; }

    /// <summary>Whether the engine is here and does not do what it should: crashes, hangs or computes wrongly.
    /// That is a failure, not an absence.</summary>
    public bool IsBroken { get; init; }

    /// <summary>It works.</summary>
    /// <param name="engine">Engine and version.</param>
    /// <param name="source">Where it comes from.</param>
    /// <returns>The answer.</returns>
    public static BackendAvailability Available(string engine, string source) => new(true, engine, source, string.Empty);

    /// <summary>It does not work.</summary>
    /// <param name="reason">Why, and the remedy.</param>
    /// <returns>The answer.</returns>
    public static BackendAvailability Unavailable(string reason) => new(false, string.Empty, string.Empty, reason);

    /// <summary>It is here, and misbehaves.</summary>
    /// <param name="reason">What it did.</param>
    /// <returns>The answer.</returns>
    public static BackendAvailability Broken(string reason) => Unavailable(reason) with { IsBroken = true };

    /// <summary>It is not here, and fetching it may help.</summary>
    /// <param name="reason">What is not here, and where it was looked for.</param>
    /// <returns>The answer.</returns>
    public static BackendAvailability Missing(string reason) => Unavailable(reason) with { IsMissing = true };
}
