namespace Bench.Inference.OnnxRuntime;

/// <summary>A device that sessions run on.</summary>
/// <param name="Name">Its name and driver; null for the machine's processor.</param>
/// <param name="IsSoftware">Whether it is a program that stands in for a graphics processor.</param>
internal sealed record DeviceFacts(string? Name, bool IsSoftware)
{
    public static readonly DeviceFacts Processor = new(null, false);

    /// <summary>See <see cref="SessionFacts.PciBusId"/>.</summary>
    public string? PciBusId { get; init; }

    /// <summary>See <see cref="SessionFacts.Uuid"/>.</summary>
    public string? Uuid { get; init; }

    /// <summary>See <see cref="SessionFacts.Luid"/>.</summary>
    public string? Luid { get; init; }
}
