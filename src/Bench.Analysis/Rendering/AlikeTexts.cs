using System.Globalization;
using System.Text.RegularExpressions;

namespace Bench.Analysis.Rendering;

/// <summary>Texts that differ in nothing but shares and counts are said once.</summary>
internal static partial class AlikeTexts
{
    /// <summary>What texts that are alike have in common.</summary>
    public static string Key(string text) => Number().Replace(text, "#");

    /// <summary>The one whose first number is the largest, with a word that there are others.</summary>
    /// <param name="texts">Texts that are alike; at least one.</param>
    public static string Worst(IReadOnlyList<string> texts)
    {
        var worst = texts.MaxBy(First)!;
        return texts.Count == 1 ? worst : $"{worst.TrimEnd('.')}, at worst.";
    }

    private static double First(string text) => Number().Match(text) is { Success: true } match
        ? double.Parse(match.Value, CultureInfo.InvariantCulture) : 0;

    // Of shares and counts alone: the number of a launch, or that in fp16, is a name.
    [GeneratedRegex(@"\d+(\.\d+)?(?= (%|×))", RegexOptions.CultureInvariant)]
    private static partial Regex Number();
}
