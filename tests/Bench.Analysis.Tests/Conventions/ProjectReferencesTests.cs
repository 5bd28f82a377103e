using System.Text.RegularExpressions;

namespace Bench.Analysis.Tests.Conventions;

/// <summary>The path of data is one way: who may see whom.</summary>
public partial class ProjectReferencesTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Bench.Arrays"] = [],
        ["Bench.OnnxRuntime"] = [],
        ["Bench.Models"] = ["Bench.Arrays"],
        ["Bench.Inference"] = ["Bench.Models", "Bench.OnnxRuntime"],
        ["Bench.Analysis"] = ["Bench.Arrays"],
        ["Bench.Pictures"] = ["Bench.Analysis"],
        ["Bench.CommandLine"] = [],
        ["Bench.Cli"] = ["Bench.Analysis", "Bench.CommandLine", "Bench.Pictures"],
        ["Bench.Benchmarks"] = ["Bench.Analysis", "Bench.CommandLine", "Bench.Inference", "Bench.Models"],
    };

    [Test]
    public void ProjectReferences_EveryProject_AreTheAllowedOnes()
    {
        var projects = Directory.GetFiles(Repository.File("src"), "*.csproj", SearchOption.AllDirectories)
            .Concat(Directory.GetFiles(Repository.File("benchmarks"), "*.csproj"))
            .Where(file => !file.Contains("node_modules", StringComparison.Ordinal)
                && !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .ToDictionary(file => Path.GetFileNameWithoutExtension(file), file => References(file).Order());

        Assert.That(projects.Keys, Is.EquivalentTo(Allowed.Keys));
        foreach (var (name, references) in projects)
        {
            Assert.That(references, Is.EqualTo(Allowed[name]), name);
        }
    }

    [Test]
    public void Analysis_Packages_HaveNoEngineAndNoBenchmarkDotNet()
    {
        var text = File.ReadAllText(Repository.File("src", "Bench.Analysis", "Bench.Analysis.csproj"));

        Assert.That(text, Does.Not.Contain("BenchmarkDotNet").And.Not.Contain("OnnxRuntime"));
    }

    private static IEnumerable<string> References(string project) =>
        Reference().Matches(File.ReadAllText(project)).Select(match => match.Groups[1].Value);

    [GeneratedRegex(@"<ProjectReference Include=""[^""]*[/\\]([^/\\""]+)\.csproj""")]
    private static partial Regex Reference();
}
