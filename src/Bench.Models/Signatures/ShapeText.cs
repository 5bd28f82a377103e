using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Bench.Models.Signatures;

/// <summary>Shapes as they stand on a command line: <c>1x3x224x224</c>.</summary>
public static class ShapeText
{
    /// <summary>Reads one.</summary>
    /// <param name="text">The text.</param>
    /// <param name="shape">The lengths of the axes, each above 0.</param>
    /// <returns>Whether it is one.</returns>
    public static bool TryParse(string text, [NotNullWhen(true)] out IReadOnlyList<int>? shape)
    {
        var axes = new List<int>();
        foreach (var part in text.Split('x'))
        {
            if (!int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var axis) || axis == 0)
            {
                shape = null;
                return false;
            }

            axes.Add(axis);
        }

        shape = axes;
        return true;
    }
}
