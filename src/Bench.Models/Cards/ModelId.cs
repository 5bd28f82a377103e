namespace Bench.Models.Cards;

/// <summary>The names of models in cell ids.</summary>
public static class ModelId
{
    /// <summary>What they are made of, for messages.</summary>
    public const string Expected = "letters, digits, dots, hyphens and underscores";

    /// <summary>Whether a name is one.</summary>
    /// <param name="name">The name.</param>
    public static bool IsOne(string name) => name.Length > 0 && name.All(IsAllowed);

    /// <summary>A name as an id: other characters become hyphens.</summary>
    /// <param name="name">The name.</param>
    /// <returns>The id; <c>model</c> if nothing is left.</returns>
    public static string Of(string name) =>
        string.Concat(name.Select(c => IsAllowed(c) ? c : '-')) is { Length: > 0 } id ? id : "model";

    private static bool IsAllowed(char c) => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_';
}
