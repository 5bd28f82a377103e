using System.Globalization;
using System.Text;
using Bench.Analysis.Rendering;

namespace Bench.Analysis.Fleets;

/// <summary>Writes what a fleet has measured, how nodes of a kind differ, and what was left out.</summary>
public static class FleetCollectionText
{
    private const int MostFaults = 30;

    /// <summary>Writes it for a console.</summary>
    /// <param name="collection">What was collected.</param>
    /// <param name="width">The most columns of a line.</param>
    public static string Write(FleetCollection collection, int width)
    {
        var page = new ConsolePage(width);
        page.Write("Fleet", $"{collection.Manifest.Name}: {Counted(collection)}");
        foreach (var (machine, sentence) in collection.Findings)
        {
            page.Write("Nodes", $"{machine}: {sentence}");
        }

        page.WriteList("Left out", collection.Faults, MostFaults, ".");
        return page.ToString();
    }

    /// <summary>Writes it as the last part of a report in markdown, with everything.</summary>
    /// <param name="collection">What was collected.</param>
    public static string Markdown(FleetCollection collection)
    {
        var text = new StringBuilder("\n## The fleet\n\n").Append(Counted(collection)).Append('\n');
        foreach (var (machine, sentence) in collection.Findings)
        {
            text.Append(CultureInfo.InvariantCulture, $"- `{machine}`: {MarkdownText.Escape(sentence)}\n");
        }

        if (collection.Faults.Count > 0)
        {
            text.Append("\nLeft out:\n");
        }

        foreach (var fault in collection.Faults)
        {
            text.Append("- ").Append(MarkdownText.Escape(fault)).Append('\n');
        }

        return text.ToString();
    }

    private static string Counted(FleetCollection collection) => string.Create(CultureInfo.InvariantCulture,
        $"{collection.Runs.Count} of {collection.Manifest.Units.Count} pieces of work count.");
}
