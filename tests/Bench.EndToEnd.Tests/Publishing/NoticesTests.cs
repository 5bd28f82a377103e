using System.Text.Json;
using System.Text.RegularExpressions;
using Bench.EndToEnd.Tests.Cli;

namespace Bench.EndToEnd.Tests.Publishing;

/// <summary>Whether everything that is distributed is named with its licence.</summary>
public class NoticesTests
{
    // Only needed where Vega is a command.
    private static readonly string[] NotInTheBundles =
    [
        "ansi-regex", "ansi-styles", "cliui", "commander", "emoji-regex", "escalade", "get-caller-file", "get-east-asian-width",
        "iconv-lite", "json-stringify-pretty-compact", "rw", "safer-buffer", "string-width", "strip-ansi", "tslib", "vega-typings",
        "wrap-ansi", "y18n", "yargs", "yargs-parser",
    ];

    private static readonly string Notices = File.ReadAllText(Repository.File("src", "ThirdPartyNotices.txt"));

    [TestCase("src/Bench.Cli/packages.lock.json")]
    [TestCase("benchmarks/packages.lock.json")]
    public void Notices_NameEveryPackageThatIsDistributed(string lockFile)
    {
        using var file = JsonDocument.Parse(File.ReadAllBytes(Repository.File(lockFile.Split('/'))));
        var packages = file.RootElement.GetProperty("dependencies").GetProperty("net10.0").EnumerateObject()
            .Where(package => package.Value.GetProperty("type").GetString() != "Project" && !IsForTheBuildAlone(package.Name))
            .Select(package => package.Name).ToList();

        Assert.That(packages, Has.Count.GreaterThan(5));
        Assert.That(packages.Where(package => !Regex.IsMatch(
            Notices, $"^{Regex.Escape(package)}$", RegexOptions.Multiline | RegexOptions.IgnoreCase)), Is.Empty);
    }

    [Test]
    public void Notices_NameEveryPackageInVegasBundles()
    {
        using var file = JsonDocument.Parse(File.ReadAllBytes(Repository.File("src", "Bench.Pictures", "npm", "package-lock.json")));
        var packages = file.RootElement.GetProperty("packages").EnumerateObject()
            .Select(package => package.Name).Where(name => name.Length > 0)
            .Select(name => name[(name.LastIndexOf("node_modules/", StringComparison.Ordinal) + "node_modules/".Length)..])
            .Where(name => !name.StartsWith('@') && !NotInTheBundles.Contains(name)).ToList();

        Assert.That(packages, Has.Count.GreaterThan(20));
        Assert.That(packages.Where(package => !Regex.IsMatch(Notices, $@"\b{Regex.Escape(package)}\b")), Is.Empty);
    }

    [Test]
    public void Page_HasTheNoticesOfWhatIsInIt()
    {
        using var folder = new TemporaryFolder();
        var page = folder.File("page.html");

        var (code, _, error) = BenchProgram.Run(
            "report", Repository.File("artifacts", "reference", "20261122-123908-vm-7d05dc4"), "--html", page);

        Assert.That(code, Is.Zero, error);
        Assert.That(
            File.ReadAllText(page), Does.Contain("Third-party notices").And.Contain("University of Washington Interactive Data Lab"));
    }

    private static bool IsForTheBuildAlone(string package) => package.StartsWith("Grpc.Tools", StringComparison.Ordinal)
        || package.StartsWith("Microsoft.CodeAnalysis.Analyzers", StringComparison.Ordinal);
}
