using Bench.Analysis.Input;

namespace Bench.Benchmarks.Launches;

/// <summary>What is made to take longer on purpose, to see whether a gate catches it.</summary>
/// <param name="Backend">The backend; null for all.</param>
/// <param name="Share">The share of its own time that every timed inference takes longer, above 0.</param>
internal sealed record SlowDown(string? Backend, double Share)
{
    /// <summary>Reads <c>10%</c>, or <c>ort-cpu=10%</c> for one backend.</summary>
    public static bool TryParse(string text, out SlowDown? slowDown)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        var isShare = Analysis.Input.Share.TryParse(text[(equals + 1)..], ShareRange.AboveZero, out var share);
        slowDown = isShare && equals != 0 ? new SlowDown(equals < 0 ? null : text[..equals], share.Value) : null;
        return slowDown is not null;
    }

    /// <returns>The share for a backend; null if it keeps its own pace.</returns>
    public double? For(string backend) => Backend is null || Backend == backend ? Share : null;
}
