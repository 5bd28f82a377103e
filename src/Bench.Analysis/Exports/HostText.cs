using System.Globalization;
using System.Text.RegularExpressions;

namespace Bench.Analysis.Exports;

/// <summary>Reads what BenchmarkDotNet, in any version, says of a machine in words.</summary>
internal static partial class HostText
{
    private static readonly (string Family, string[] Words)[] Families =
    [
        ("Windows", ["windows"]),
        ("macOS", ["macos", "mac os", "os x", "osx", "darwin"]),
        ("FreeBSD", ["freebsd"]),
        ("Linux",
        [
            "linux", "ubuntu", "debian", "fedora", "alpine", "centos", "rhel", "red hat", "suse", "arch", "manjaro", "nixos", "raspbian",
            "elementary",
            "pop!_os", "kali", "gentoo", "rocky", "mint", "neon", "zorin", "endeavouros", "unix",
        ]),
    ];

    /// <summary>The family of an operating system.</summary>
    /// <param name="system">As a program or a table calls it, for example <c>Ubuntu 22.04.3 LTS (Jammy Jellyfish)</c>.</param>
    /// <returns><c>Windows</c>, <c>macOS</c>, <c>FreeBSD</c> or <c>Linux</c>; null if it is none that is known here.</returns>
    public static string? SystemFamily(string system) =>
        Families.FirstOrDefault(family => family.Words.Any(word => system.Contains(word, StringComparison.OrdinalIgnoreCase))).Family;

    /// <summary>What stays the same of an operating system's name over versions of BenchmarkDotNet.</summary>
    /// <param name="system">For example <c>Debian GNU/Linux 12 (bookworm)</c>, or since 0.15
    /// <c>Linux Debian GNU/Linux 12 (bookworm)</c>.</param>
    /// <returns>The name without the word <c>Linux</c> in front of a distribution.</returns>
    public static string System(string system) =>
        system.StartsWith("Linux ", StringComparison.Ordinal) ? system["Linux ".Length..] : system;

    /// <summary>What stays the same of a runtime's name.</summary>
    /// <param name="runtime">For example <c>.NET 10.0.12 (10.0.1226.42308)</c>, or since 0.15
    /// <c>.NET 10.0.12 (10.0.12, 10.0.1226.42308)</c>.</param>
    /// <returns>The name with the version of its files alone in brackets.</returns>
    public static string Runtime(string runtime) => DoubledVersion().Replace(runtime, "(");

    /// <summary>What stays the same of a processor's name over versions of BenchmarkDotNet and from start to start.</summary>
    /// <param name="processor">For example <c>Intel(R) Core(TM) i7-8700K CPU @ 3.70GHz</c>,
    /// or <c>Intel Core i7-8700K CPU 3.70GHz (Coffee Lake)</c>.</param>
    /// <returns>The name without marks, clock, code name and spaces, in lower case; null if it says that it is unknown.</returns>
    public static string? ProcessorKey(string processor)
    {
        var text = Marks().Replace(processor, " ");

        // A clock, and what comes after it: the largest one, the code name.
        var named = Filler().Replace(Clock().Replace(text, " "), " ");

        // Of "Intel Xeon CPU @ 2.20GHz" the clock is all that tells which one it is.
        text = named.Any(char.IsAsciiDigit) ? named : Filler().Replace(text, " ");
        text = Spaces().Replace(text, string.Empty).ToLowerInvariant();
        return text.Length == 0 || text == "?" || text.Contains("unknown", StringComparison.Ordinal) ? null : text;
    }

    /// <summary>What the lines above a table say.</summary>
    /// <param name="lines">The lines, the one that begins with <c>BenchmarkDotNet</c> among them.</param>
    /// <returns>Facts by the names of <see cref="MachineTraits"/>.</returns>
    public static SortedDictionary<string, string> Machine(IEnumerable<string> lines)
    {
        var facts = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var block = lines.SkipWhile(line => !line.StartsWith("BenchmarkDotNet", StringComparison.Ordinal)).ToList();
        if (block.Count == 0)
        {
            return facts;
        }

        var parts = block[0].Split(", ", 2);
        facts[MachineTraits.BenchmarkDotNet] = parts[0]["BenchmarkDotNet".Length..].TrimStart('=', '-', ' ').TrimStart('v');
        var system = parts.Length > 1 ? parts[1] : block.Find(line => line.StartsWith("OS=", StringComparison.Ordinal));
        if (system is not null)
        {
            facts[MachineTraits.System] = System(system.StartsWith("OS=", StringComparison.Ordinal) ? system[3..] : system);
        }

        foreach (var line in block.Skip(1))
        {
            if (Processor().Match(line) is { Success: true } processor)
            {
                facts[MachineTraits.Processor] = processor.Groups["name"].Value;
                AddCount(facts, MachineTraits.Cores, Logical().Match(line));
                AddCount(facts, MachineTraits.PhysicalCores, Physical().Match(line));
                break;
            }
        }

        return facts;
    }

    /// <summary>The columns that have the same value in all rows of a table: they stand above it,
    /// <c>IterationCount=5  LaunchCount=1</c>.</summary>
    /// <returns>Name and value of each.</returns>
    public static IReadOnlyList<KeyValuePair<string, string>> SharedColumns(IEnumerable<string> lines) =>
    [
        .. lines.Where(line => Shared().IsMatch(line) && !HostLine().IsMatch(line))
            .SelectMany(line => Columns().Split(line.Trim()))
            .Select(text => text.Split('=', 2))
            .Where(parts => parts.Length == 2)
            .Select(parts => KeyValuePair.Create(parts[0], parts[1])),
    ];

    private static void AddCount(SortedDictionary<string, string> facts, string name, Match match)
    {
        if (match.Success && int.TryParse(match.Groups["count"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var count))
        {
            facts[name] = count.ToString(CultureInfo.InvariantCulture);
        }
    }

    [GeneratedRegex(@"\([0-9.]+, (?=[0-9.]+\))", RegexOptions.CultureInvariant)]
    private static partial Regex DoubledVersion();

    [GeneratedRegex(@"\((R|TM|C)\)|[®™©]", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Marks();

    [GeneratedRegex(@"\s*@?\s*\(?(Max: *)?[0-9]+([.,][0-9]+)?\s*[GM]Hz.*$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Clock();

    [GeneratedRegex(@"\b([0-9]+-core|cpu|processor)\b", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Filler();

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant)]
    private static partial Regex Spaces();

    [GeneratedRegex(@"^(Processor=)?(?<name>.+?), (ProcessorCount=[0-9]+|[0-9]+ CPU\b|[0-9]+ (logical|physical)\b)",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Processor();

    [GeneratedRegex(@"(ProcessorCount=(?<count>[0-9]{1,6})|\b(?<count>[0-9]{1,6}) logical)",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Logical();

    [GeneratedRegex(@"\b(?<count>[0-9]{1,6}) physical", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Physical();

    [GeneratedRegex(@"^[A-Za-z]+=\S", RegexOptions.CultureInvariant)]
    private static partial Regex Shared();

    [GeneratedRegex("^(OS|Processor|BenchmarkDotNet[^=]*|Frequency|JitModules|CLR|GC)=", RegexOptions.CultureInvariant)]
    private static partial Regex HostLine();

    [GeneratedRegex(@"\s{2,}", RegexOptions.CultureInvariant)]
    private static partial Regex Columns();
}
