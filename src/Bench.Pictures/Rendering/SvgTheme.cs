using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Bench.Pictures.Rendering;

/// <summary>Colours that can be told apart by everyone, on light and on dark pages.</summary>
/// <remarks>
/// The SVG has the light colours as attributes, so any viewer shows a good picture; a style sheet swaps them where the viewer prefers dark.
/// The first six series colours are those of Okabe and Ito, https://jfly.uni-koeln.de/color/, the dark variants lightened.
/// </remarks>
internal static partial class SvgTheme
{
    public const string Background = "#ffffff";
    public const string Text = "#1f2328";
    public const string Muted = "#59636e";
    public const string Grid = "#d1d9e0";
    public const string Zone = "#eaeef2";

    /// <summary>The colours of series, in the order in which they are used.</summary>
    public static readonly IReadOnlyList<string> Series = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#7a5195",
        "#8c6d31", "#4d4d4d", "#b2182b"];

    /// <summary>What each colour becomes on a dark page.</summary>
    public static readonly IReadOnlyList<(string Light, string Dark)> Swaps =
    [
        (Background, "#0d1117"),
        (Text, "#e6edf3"),
        (Muted, "#9198a1"),
        (Grid, "#3d444d"),
        (Zone, "#262c36"),
        ("#0072b2", "#58a6e0"),
        ("#d55e00", "#f08b4a"),
        ("#009e73", "#3fc79a"),
        ("#cc79a7", "#e09cc4"),
        ("#e69f00", "#f2b84b"),
        ("#56b4e9", "#8fd0f5"),
        ("#7a5195", "#b490d0"),
        ("#8c6d31", "#c9a65a"),
        ("#4d4d4d", "#b8b8b8"),
        ("#b2182b", "#ef6f7d"),
    ];

    /// <summary>Adds the dark colours, and rounds coordinates, whose last digits differ between operating systems.</summary>
    public static string Apply(string svg)
    {
        var rounded = Coordinates().Replace(svg, attribute => LongNumber().Replace(attribute.Value, number =>
            double.Parse(number.Value, CultureInfo.InvariantCulture).ToString("0.##", CultureInfo.InvariantCulture)));
        var style = new StringBuilder("<style>@media (prefers-color-scheme:dark){");
        foreach (var (light, dark) in Swaps)
        {
            style.Append(CultureInfo.InvariantCulture, $"[fill=\"{light}\"]{{fill:{dark}}}[stroke=\"{light}\"]{{stroke:{dark}}}");
        }

        return rounded.Insert(rounded.IndexOf('>', StringComparison.Ordinal) + 1, style.Append("}</style>").ToString()) + "\n";
    }

    [GeneratedRegex("(?<= )(d|transform|x|y|x1|x2|y1|y2|width|height|cx|cy|r)=\"[^\"]*\"", RegexOptions.CultureInvariant)]
    private static partial Regex Coordinates();

    [GeneratedRegex(@"-?\d+\.\d{3,}(e-?\d+)?", RegexOptions.CultureInvariant)]
    private static partial Regex LongNumber();
}
