using System.Globalization;
using System.Text;

namespace Bench.Benchmarks.Machines;

/// <summary>Lists of logical processors as the kernel writes them: <c>0-7,16-23</c>.</summary>
/// <remarks>https://docs.kernel.org/admin-guide/cputopology.html.</remarks>
internal static class CpuList
{
    // More than any kernel is built for; so that a damaged file cannot ask for a list of billions.
    private const int Limit = 1 << 16;

    /// <returns>The numbers, sorted; null if the text is no such list, or empty.</returns>
    public static IReadOnlyList<int>? Parse(string? text)
    {
        var numbers = new SortedSet<int>();
        foreach (var part in (text ?? string.Empty).Split(',', StringSplitOptions.TrimEntries))
        {
            var ends = part.Split('-');
            if (ends.Length > 2 || !TryParse(ends[0], out var first) || !TryParse(ends[^1], out var last) || last < first)
            {
                return null;
            }

            numbers.UnionWith(Enumerable.Range(first, last - first + 1));
        }

        return [.. numbers];
    }

    /// <param name="numbers">Numbers of 0 or more, in any order, at least one.</param>
    public static string Format(IEnumerable<int> numbers)
    {
        var text = new StringBuilder();
        var sorted = numbers.Distinct().Order().ToList();
        for (var first = 0; first < sorted.Count;)
        {
            var last = first;
            while (last + 1 < sorted.Count && sorted[last + 1] == sorted[last] + 1)
            {
                last++;
            }

            text.Append(text.Length > 0 ? "," : string.Empty).Append(CultureInfo.InvariantCulture, $"{sorted[first]}");
            if (last > first)
            {
                text.Append(CultureInfo.InvariantCulture, $"-{sorted[last]}");
            }

            first = last + 1;
        }

        return text.ToString();
    }

    private static bool TryParse(string text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number < Limit;
}
