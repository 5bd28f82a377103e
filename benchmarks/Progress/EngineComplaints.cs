using System.Text.RegularExpressions;
using Bench.Analysis.Runs;

namespace Bench.Benchmarks.Progress;

/// <summary>What engines say on standard error, counted and kept once each: a thousand lines that say the same are one complaint.</summary>
internal sealed partial class EngineComplaints
{
    private const int KindsKept = 20;
    private const int LongestText = 300;

    private const string OtherKinds = "lines of other kinds";

    private readonly Dictionary<string, Dictionary<string, (string Text, int Count)>> _cells = [];
    private readonly HashSet<string> _kinds = [];
    private int _lines;

    /// <summary>How many lines there were, and of how many kinds, over all cells.</summary>
    public (int Lines, int Kinds) Total
    {
        get
        {
            lock (_cells)
            {
                return (_lines, _kinds.Count);
            }
        }
    }

    /// <summary>A line that a launch of a cell wrote.</summary>
    public void Add(string cell, string line)
    {
        var text = Stamp().Replace(Colour().Replace(line, string.Empty).Trim(), string.Empty);
        if (text.Length == 0)
        {
            return;
        }

        var kind = Complaint.KindOf(text);
        lock (_cells)
        {
            var kinds = _cells.TryGetValue(cell, out var known) ? known : _cells[cell] = [];
            _lines++;
            _kinds.Add(kind);
            if (!kinds.ContainsKey(kind) && kinds.Count >= KindsKept)
            {
                (kind, text) = (OtherKinds, OtherKinds);
            }

            if (kinds.TryGetValue(kind, out var found))
            {
                kinds[kind] = found with { Count = found.Count + 1 };
            }
            else
            {
                kinds[kind] = (text.Length > LongestText ? text[..LongestText] + "…" : text, 1);
            }
        }
    }

    /// <summary>The complaints of a cell, the most frequent first.</summary>
    public IReadOnlyList<Complaint> Of(string cell)
    {
        lock (_cells)
        {
            return _cells.TryGetValue(cell, out var kinds)
                ? [.. kinds.Values.OrderByDescending(kind => kind.Count).Select(kind => new Complaint(kind.Text, kind.Count))]
                : [];
        }
    }

    [GeneratedRegex(@"\x1b?\[[0-9;]*m", RegexOptions.CultureInvariant)]
    private static partial Regex Colour();

    // ONNX Runtime: "2026-11-26 11:14:32.384232623 [E:onnxruntime:…"; TensorFlow: "2026-11-26 11:14:32.384232: W …".
    [GeneratedRegex(@"^\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d[.,\d]*:? ", RegexOptions.CultureInvariant)]
    private static partial Regex Stamp();
}
