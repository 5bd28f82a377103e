namespace Bench.Analysis.Tests.Conventions;

/// <summary>The length of lines, as <c>.editorconfig</c> states it; no tool of .NET checks it.</summary>
public class LineLengthTests
{
    private const int Limit = 140;

    private static IEnumerable<string> Sources => new[] { "benchmarks", "src", "tests" }
        .SelectMany(folder => Directory.GetFiles(Repository.File(folder), "*.cs", SearchOption.AllDirectories))
        .Where(path => !Path.GetRelativePath(Repository.Root, path).Split(Path.DirectorySeparatorChar)
            .Any(part => part is "obj" or "bin" or "node_modules"));

    [Test]
    public void Source_Lines_EndAtTheLimitOfEditorconfig()
    {
        Assert.That(File.ReadAllText(Repository.File(".editorconfig")), Does.Contain($"max_line_length = {Limit}"));
        var hits = from path in Sources
                   from line in File.ReadLines(path).Select((text, index) => (Text: text, Number: index + 1))
                   where line.Text.EnumerateRunes().Count() > Limit
                   select $"{Path.GetRelativePath(Repository.Root, path)}:{line.Number}: {line.Text.Length} columns";
        Assert.That(hits, Is.Empty);
    }
}
