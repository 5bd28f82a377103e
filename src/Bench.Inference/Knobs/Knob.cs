namespace Bench.Inference.Knobs;

/// <summary>A setting with a name and a default. It is declared once, in <see cref="KnobCatalogue"/>; command line, matrix, sessions and
/// reports know it from there. A default never changes its meaning: what is to be another default becomes another knob.</summary>
public sealed record Knob
{
    /// <summary>The value that leaves the choice to the engine.</summary>
    internal const string EnginesChoice = "default";

    /// <summary>The name in variants and options: letters, digits, dots, underscores and hyphens.</summary>
    public required string Name { get; init; }

    /// <summary>One line on what it is.</summary>
    public required string Description { get; init; }

    /// <summary>What it sets in the engines.</summary>
    public required string Sets { get; init; }

    /// <summary>The value of a cell that does not name the knob.</summary>
    public required string Default { get; init; }

    /// <summary>What values there are, in words, for help and messages: <c>nchw or nhwc</c>.</summary>
    public required string Expected { get; init; }

    /// <summary>Whether a text is a value.</summary>
    internal Func<string, bool> IsValue { get; init; } = _ => false;

    /// <summary>Says why a backend (without version) does not have it; null if it has.</summary>
    internal Func<string, string?> WhyNotOn { get; init; } = _ => null;

    /// <summary>Says why a backend (without version) that has the knob cannot take a value; null if it can.</summary>
    internal Func<string, string, string?> WhyNotValueOn { get; init; } = (_, _) => null;

    /// <summary>Says why a backend does not have this knob.</summary>
    /// <param name="backendId">The backend, with or without a version.</param>
    /// <returns>The reason; null if it has the knob.</returns>
    public string? WhyNot(string backendId) => WhyNotOn(BackendCatalogue.NameOf(backendId)) is { } reason
        ? $"{backendId} has no knob {Name}: {reason}."
        : null;

    /// <summary>Says why a backend cannot take a value of this knob.</summary>
    /// <param name="backendId">The backend, with or without a version.</param>
    /// <param name="value">The value.</param>
    /// <returns>The reason; null if it can.</returns>
    public string? WhyNot(string backendId, string value) => WhyNot(backendId) ?? Check(value)
        ?? (value != Default && WhyNotValueOn(BackendCatalogue.NameOf(backendId), value) is { } reason
            ? $"{backendId} has no {Name}={value}: {reason}."
            : null);

    /// <summary>The backends that can take a value, but for libraries that the user names.</summary>
    /// <param name="value">The value.</param>
    public IReadOnlyList<string> BackendsWith(string value) =>
        [.. BackendCatalogue.BuiltIn.Where(backend => WhyNot(backend, value) is null)];

    /// <summary>Says what is wrong with a value, whatever the backend.</summary>
    /// <param name="value">The value.</param>
    /// <returns>What was found and expected; null if it is right.</returns>
    public string? Check(string value) => value == Default || IsValue(value)
        ? null
        : $"{Name}: found '{value}'; expected {Expected}.";
}
