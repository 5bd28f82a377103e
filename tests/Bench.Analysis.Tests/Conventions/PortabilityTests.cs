using System.Text.RegularExpressions;

namespace Bench.Analysis.Tests.Conventions;

/// <summary>Nothing of Linux, or of one culture, is taken for granted: the usual ways in which that happens are not in the code.</summary>
public partial class PortabilityTests
{
    // Where each stands behind a question for the operating system, or is only one place of several to look in.
    private static readonly string[] KnowsLinuxFolders =
        ["Nvml.cs", "NvidiaPlatform.cs", "NvidiaLibrary.cs", "PythonPackages.cs", "OpenVinoLibrary.cs", "TensorFlowLibrary.cs",
            "ThreadProbe.cs"];

    private static IEnumerable<string> Sources => new[] { "src", "benchmarks" }
        .SelectMany(folder => Directory.GetFiles(Repository.File(folder), "*.cs", SearchOption.AllDirectories))
        .Where(path => !path.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
            && !path.Contains("node_modules", StringComparison.Ordinal));

    [Test]
    public void Sources_AreFound() => Assert.That(Sources.Count(), Is.GreaterThan(100));

    [Test]
    public void Source_Folders_AreNotThoseOfOneSystem() => AssertNone(
        LinuxFolder(), "a folder of Linux; ask OperatingSystem first, or Path and Environment for the folder",
        path => KnowsLinuxFolders.Contains(Path.GetFileName(path)));

    [Test]
    public void Source_Folders_AreNotThoseOfWindows() => AssertNone(WindowsFolder(), "a folder of Windows; ask Environment.GetFolderPath");

    [Test]
    public void Source_Paths_AreNotPutTogetherByHand() => AssertNone(JoinedPath(), "a path put together with a slash; use Path.Combine");

    [Test]
    public void Source_Shells_AreNotStarted() => AssertNone(Shell(), "a shell; start the program itself");

    [Test]
    public void Source_Texts_DoNotFollowTheCulture() =>
        AssertNone(Culture(), "what depends on the user's culture or clock; use the invariant culture and TimeProvider");

    [Test]
    public void Build_Globalisation_IsInvariant() =>
        Assert.That(File.ReadAllText(Repository.File("Directory.Build.props")),
            Does.Contain("<InvariantGlobalization>true</InvariantGlobalization>"));

    private static void AssertNone(Regex pattern, string what, Func<string, bool>? isAllowed = null)
    {
        var hits = from path in Sources
                   where isAllowed?.Invoke(path) != true
                   from line in File.ReadLines(path).Select((text, index) => (Text: text, Number: index + 1))
                   where !line.Text.TrimStart().StartsWith("//", StringComparison.Ordinal) && pattern.IsMatch(line.Text)
                   select $"{Path.GetRelativePath(Repository.Root, path)}:{line.Number}: {line.Text.Trim()}";
        Assert.That(hits, Is.Empty, $"found {what}");
    }

    [GeneratedRegex(@"""/(tmp|proc|sys|usr|etc|var|opt|home|root|dev|bin)\b", RegexOptions.CultureInvariant)]
    private static partial Regex LinuxFolder();

    [GeneratedRegex(@"""[A-Za-z]:\\|Program Files|AppData", RegexOptions.CultureInvariant)]
    private static partial Regex WindowsFolder();

    [GeneratedRegex(@"(Path|Folder|folder|path|root|Root)\s*\+\s*[""'](/|\\\\)|\$""\{[A-Za-z.]*([Pp]ath|[Ff]older|[Rr]oot)\}/",
        RegexOptions.CultureInvariant)]
    private static partial Regex JoinedPath();

    [GeneratedRegex(@"""(/bin/)?(ba)?sh""|""cmd(\.exe)?""|""powershell|/dev/null", RegexOptions.CultureInvariant)]
    private static partial Regex Shell();

    [GeneratedRegex(@"\.ToLower\(\)|\.ToUpper\(\)|CurrentCulture\b(?!IgnoreCase)|DateTime\.Now|DateTimeOffset\.Now|string\.Format\(",
        RegexOptions.CultureInvariant)]
    private static partial Regex Culture();
}
