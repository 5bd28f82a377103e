using System.Text.RegularExpressions;

namespace Bench.Analysis.Tests.Conventions;

/// <summary>The folders of Bench.Analysis are rooms, and rooms see each other one way.</summary>
public partial class RoomReferencesTests
{
    private const string Root = "Bench.Analysis.";

    // From the lowest to the highest: a room sees the listed ones, all of them above its own line.
    private static readonly (string Room, string[] Sees)[] Rooms =
    [
        ("Input", []),
        ("Json", []),
        ("Rendering", []),
        ("Statistics", ["Json"]),
        ("Measurements", ["Input", "Json", "Rendering", "Statistics"]),
        ("Exports", ["Input", "Json", "Measurements"]),
        ("Runs", ["Exports", "Input", "Json", "Measurements", "Statistics"]),
        ("Equivalence", ["Input", "Json", "Measurements", "Rendering", "Runs", "Statistics"]),
        ("Cost", ["Input", "Json", "Measurements", "Rendering", "Runs"]),
        ("Rows", ["Cost", "Equivalence", "Input", "Measurements", "Runs", "Statistics"]),
        ("Comparison", ["Cost", "Equivalence", "Exports", "Input", "Json", "Measurements", "Rendering", "Runs", "Statistics"]),
        ("Gate", ["Comparison", "Cost", "Equivalence", "Exports", "Input", "Json", "Rendering", "Runs"]),
        ("Decision", ["Comparison", "Cost", "Equivalence", "Input", "Json", "Measurements", "Rendering", "Rows", "Runs", "Statistics"]),
        ("Months", ["Cost", "Decision", "Input", "Json", "Measurements", "Rendering", "Rows", "Runs", "Statistics"]),
        ("Reports", ["Cost", "Equivalence", "Input", "Json", "Measurements", "Rendering", "Rows", "Runs", "Statistics"]),
        ("Trimming", ["Cost", "Equivalence", "Input", "Measurements", "Reports", "Rows", "Runs"]),
        ("Consoles",
            ["Comparison", "Cost", "Decision", "Equivalence", "Gate", "Input", "Json", "Measurements", "Months", "Rendering", "Reports",
                "Rows", "Runs", "Statistics"]),
        ("Study", ["Cost", "Decision", "Input", "Json", "Rendering", "Rows", "Runs"]),
        ("Fleets", ["Equivalence", "Input", "Json", "Measurements", "Rendering", "Runs"]),
    ];

    [Test]
    public void Rooms_Table_GoesOneWay()
    {
        var seen = new HashSet<string>();
        foreach (var (room, sees) in Rooms)
        {
            Assert.That(sees, Is.SubsetOf(seen), room);
            Assert.That(seen.Add(room), room);
        }
    }

    [Test]
    public void Rooms_Sources_SeeTheListedOnesAlone()
    {
        var sources = Sources();
        var types = sources.SelectMany(source => source.Types.Select(type => (source.Room, type))).ToLookup(
            entry => entry.Room, entry => entry.type);
        var found = sources.SelectMany(source => References(source, types).Select(other => (source.Room, Other: other))).Distinct()
            .ToLookup(reference => reference.Room, reference => reference.Other);

        Assert.That(sources.Select(source => source.Room).Distinct(), Is.EquivalentTo(Rooms.Select(room => room.Room)));
        foreach (var (room, sees) in Rooms)
        {
            Assert.That(found[room], Is.SubsetOf(sees), room);
        }
    }

    [Test]
    public void References_EveryWayToWriteOne_IsFound()
    {
        var types = new[] { ("Cost", "CostModel"), ("Gate", "GateRule"), ("Statistics", "NeumaierSum"), ("Runs", "RunFolder") }.ToLookup(
            entry => entry.Item1, entry => entry.Item2);
        var source = new Source("Rows", "using Bench.Analysis.Cost;\nclass A { Bench.Analysis.Gate.GateRule a; Statistics.NeumaierSum b; "
            + "x.Runs.RunFolder; Row.Cost; /// Runs.RunFolder\n using static Bench.Analysis.Statistics.Paired.Sign; }", []);

        Assert.That(References(source, types), Is.EquivalentTo(["Cost", "Gate", "Statistics"]));
    }

    private static List<Source> Sources()
    {
        var root = Repository.File("src", "Bench.Analysis");
        var sources = new List<Source>();
        foreach (var file in Directory.GetFiles(root, "*.cs", SearchOption.AllDirectories))
        {
            var folder = Path.GetRelativePath(root, Path.GetDirectoryName(file)!).Replace(Path.DirectorySeparatorChar, '.');
            var room = folder.Split('.')[0];
            if (room is "obj" or "bin")
            {
                continue;
            }

            var text = File.ReadAllText(file);
            Assert.That(Namespace().Match(text).Groups[1].Value, Is.EqualTo(Root + folder), file);
            sources.Add(new Source(room, text, [.. Declaration().Matches(text).Select(match => match.Groups[1].Value)]));
        }

        return sources;
    }

    /// <summary>Rooms that a source names: in its usings, in full, or by their last name before one of their types.</summary>
    private static IEnumerable<string> References(Source source, ILookup<string, string> types)
    {
        var code = Comment().Replace(source.Text, string.Empty);
        return InFull().Matches(code).Select(match => match.Groups[1].Value)
            .Concat(Relative().Matches(code).Where(match => types[match.Groups[1].Value].Contains(match.Groups[2].Value))
                .Select(match => match.Groups[1].Value))
            .Where(room => room != source.Room).Distinct();
    }

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Namespace();

    [GeneratedRegex(@"^(?:public|internal)(?: \w+)*? (?:class|record struct|record|struct|enum|interface) (\w+)", RegexOptions.Multiline)]
    private static partial Regex Declaration();

    [GeneratedRegex(@"^namespace [^\n]*|//[^\n]*", RegexOptions.Multiline)]
    private static partial Regex Comment();

    [GeneratedRegex(@"\bBench\.Analysis\.(\w+)")]
    private static partial Regex InFull();

    [GeneratedRegex(@"(?<![\w.])([A-Z]\w+)\.(?:\w+\.)?([A-Z]\w+)")]
    private static partial Regex Relative();

    private sealed record Source(string Room, string Text, IReadOnlyList<string> Types);
}
