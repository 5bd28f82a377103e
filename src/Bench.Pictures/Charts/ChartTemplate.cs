using System.Text.Json;
using System.Text.Json.Nodes;
using Bench.Pictures.Rendering;

namespace Bench.Pictures.Charts;

/// <summary>The Vega-Lite specifications in this folder, and what they have in common.</summary>
internal static class ChartTemplate
{
    /// <summary>Longer names are wrapped.</summary>
    public const int LongestLabel = 46;
    private const double HalfLine = -6;
    private const string Head = "slice(datum.label, 0, 46)";
    private const string IsLongLabel = $"length(datum.label) > 46 && indexof({Head}, '+') > 0";

    /// <summary>A name in one line or two, for Vega.</summary>
    public const string WrappedLabel = $"{IsLongLabel} ? "
        + $"[slice(datum.label, 0, lastindexof({Head}, '+')), slice(datum.label, lastindexof({Head}, '+'))] : datum.label";

    private static readonly JsonSerializerOptions RowNames = new(JsonSerializerDefaults.Web);

    /// <summary>A specification with its title and the colours of all charts.</summary>
    public static JsonObject Load(string name, string title, string subtitle)
    {
        var specification = JsonNode.Parse(Resources.Read(name + ".json"))!.AsObject();
        specification["title"] = new JsonObject { ["text"] = title, ["subtitle"] = subtitle, ["anchor"] = "start" };
        specification["config"] = Config();
        return specification;
    }

    /// <summary>Rows of data, as Vega-Lite wants them.</summary>
    public static JsonObject Data<T>(IEnumerable<T> rows) => new() { ["values"] = Rows(rows) };

    /// <summary>Rows of a named data set.</summary>
    public static JsonNode Rows<T>(IEnumerable<T> rows) => JsonSerializer.SerializeToNode(rows.ToArray(), RowNames)!;

    /// <summary>A scale that gives each name a colour of its own, and a legend below that never cuts a name off.</summary>
    public static JsonObject Colour(IEnumerable<string> names, IEnumerable<string>? colours = null)
    {
        var domain = names.ToList();
        var range = colours?.ToList() ?? domain.Select((_, i) => SvgTheme.Series[i % SvgTheme.Series.Count]).ToList();
        return new JsonObject { ["domain"] = Array(domain), ["range"] = Array(range) };
    }

    public static JsonObject LegendBelow() => new()
    {
        ["orient"] = "bottom",
        ["direction"] = "vertical",
        ["columns"] = 1,
        ["labelLimit"] = 0,
        ["title"] = null,
        ["symbolOpacity"] = 1,
    };

    /// <summary>Every encoding on a channel, wherever it is in a specification.</summary>
    public static IEnumerable<JsonObject> Encodings(JsonNode? node, string channel)
    {
        if (node is JsonObject members && members["encoding"]?[channel] is JsonObject encoding)
        {
            yield return encoding;
        }

        IEnumerable<JsonNode?> children = node is JsonObject parent
            ? parent.Select(member => member.Value)
            : node is JsonArray items ? items : [];
        foreach (var found in children.SelectMany(child => Encodings(child, channel)))
        {
            yield return found;
        }
    }

    /// <summary>Sets the colours, and the legend if there is to be one of its own.</summary>
    public static void SetColour(JsonNode node, JsonObject scale, JsonObject? legend)
    {
        foreach (var colour in Encodings(node, "color").ToList())
        {
            colour["scale"] = scale.DeepClone();
            if (legend is not null)
            {
                colour["legend"] = legend.DeepClone();
            }
        }
    }

    /// <summary>Takes what is not there out of the scale of a channel, and so out of its legend.</summary>
    public static void KeepPresent(JsonNode node, string channel, HashSet<string> present)
    {
        foreach (var encoding in Encodings(node, channel))
        {
            if (encoding["scale"] is JsonObject scale && scale["domain"] is JsonArray domain && scale["range"] is JsonArray range)
            {
                for (var i = domain.Count - 1; i >= 0; i--)
                {
                    if (!present.Contains((string)domain[i]!))
                    {
                        domain.RemoveAt(i);
                        range.RemoveAt(i);
                    }
                }

                if (domain.Count == 0)
                {
                    // A legend of nothing would still have its title.
                    encoding["legend"] = null;
                }
            }
        }
    }

    /// <summary>Says of what times are: of a request, where any has several images.</summary>
    public static void SetTimeTitle(JsonNode node, IEnumerable<ChartCell> cells)
    {
        if (cells.Any(cell => cell.Row.Batch > 1))
        {
            foreach (var x in Encodings(node, "x").Where(x => (string?)x["title"] is not null))
            {
                x["title"] = ((string)x["title"]!).Replace("time per image", "time of a request", StringComparison.Ordinal);
            }
        }
    }

    /// <summary>Breaks names on the y axis that are too long for the page, at a plus sign.</summary>
    public static void WrapLabels(JsonNode node, IEnumerable<ChartCell> cells)
    {
        if (!cells.Any(cell => cell.Label.Length > LongestLabel))
        {
            return;
        }

        foreach (var y in Encodings(node, "y"))
        {
            y["axis"] = new JsonObject
            {
                ["labelExpr"] = WrappedLabel,
                ["labelOffset"] = new JsonObject
                {
                    ["condition"] = new JsonObject { ["test"] = IsLongLabel, ["value"] = HalfLine },
                    ["value"] = 0,
                },

                // A name that is wrapped is higher, and must not hide its neighbour.
                ["labelOverlap"] = false,
            };
        }
    }

    private static JsonObject Config() => new()
    {
        ["background"] = SvgTheme.Background,
        ["font"] = "system-ui, -apple-system, 'Segoe UI', 'DejaVu Sans', sans-serif",
        ["padding"] = 10,
        ["title"] = new JsonObject
        {
            ["color"] = SvgTheme.Text,
            ["subtitleColor"] = SvgTheme.Muted,
            ["fontSize"] = 14,
            ["subtitleFontSize"] = 11,
            ["offset"] = 12,
        },
        ["view"] = new JsonObject { ["stroke"] = SvgTheme.Grid },
        ["axis"] = new JsonObject
        {
            ["labelColor"] = SvgTheme.Muted,
            ["titleColor"] = SvgTheme.Text,
            ["titleFontWeight"] = "normal",
            ["gridColor"] = SvgTheme.Grid,
            ["domainColor"] = SvgTheme.Muted,
            ["tickColor"] = SvgTheme.Muted,
            ["labelLimit"] = 0,
            ["titleLimit"] = 0,
            ["labelOverlap"] = "greedy",
            ["labelSeparation"] = 6,
        },
        ["axisY"] = new JsonObject { ["labelPadding"] = 6 },
        ["legend"] = new JsonObject
        {
            ["labelColor"] = SvgTheme.Muted,
            ["titleColor"] = SvgTheme.Text,
            ["titleFontWeight"] = "normal",
            ["labelLimit"] = 0,
            ["symbolStrokeWidth"] = 2,
            ["symbolBaseFillColor"] = SvgTheme.Muted,
            ["symbolBaseStrokeColor"] = SvgTheme.Muted,
            ["layout"] = new JsonObject { ["bottom"] = new JsonObject { ["margin"] = 28 } },
        },
        ["header"] = new JsonObject { ["labelColor"] = SvgTheme.Muted, ["titleColor"] = SvgTheme.Text },
        ["mark"] = new JsonObject { ["color"] = SvgTheme.Series[0] },
        ["rule"] = new JsonObject { ["color"] = SvgTheme.Series[0] },
        ["range"] = new JsonObject { ["category"] = Array(SvgTheme.Series) },
    };

    private static JsonArray Array(IEnumerable<string> values) => [.. values.Select(value => (JsonNode)value)];
}
