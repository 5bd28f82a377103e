using System.CommandLine;
using System.Text.RegularExpressions;
using Bench.Benchmarks.Host;
using Bench.CommandLine;
using Bench.EndToEnd.Tests.Cli;

namespace Bench.EndToEnd.Tests.Usage;

/// <summary>Help, and what is said of command lines that are wrong.</summary>
public partial class UsageTests
{
    private static readonly RootCommand Host = Bench.Benchmarks.Host.BenchCommand.Create(
        (_, _) => 0, _ => 0, _ => 0, _ => 0, _ => 0, _ => 0, _ => []);

    private static IEnumerable<string> Verbs => Bench.Cli.BenchCommand.Create().Subcommands.Select(verb => verb.Name);

    [Test]
    public void Help_OfBench_IsAsStored() => Golden.Match(
        Invariant(BenchProgram.Run("--help").Output), "tests", "Bench.EndToEnd.Tests", "Data", "golden", "bench-help.txt");

    [TestCaseSource(nameof(Verbs))]
    public void Help_OfEveryVerb_BeginsWithExamplesAndNamesEveryValue(string verb)
    {
        var (code, output, _) = BenchProgram.Run(verb, "--help");

        Assert.That(code, Is.Zero);
        Assert.That(output, Does.StartWith("Examples:").And.Contain($"  bench {verb}"));
        Assert.That(output.Split('\n'), Has.All.Length.LessThanOrEqualTo(111));
        Assert.That(DoubledName().Matches(output), Is.Empty);
    }

    [Test]
    public void Help_OfTheMainJob_IsAsStored()
    {
        using var output = new StringWriter();
        _ = Host.Parse("--help").Invoke(new InvocationConfiguration { Output = output });

        Assert.That(DoubledName().Matches(output.ToString()), Is.Empty);
        Golden.Match(Invariant(output.ToString()), "tests", "Bench.EndToEnd.Tests", "Data", "golden", "benchmarks-help.txt");
    }

    [Test]
    public void Run_NoArguments_IsHelpAndNoSuccess()
    {
        var (code, output, error) = BenchProgram.Run();

        Assert.That(code, Is.EqualTo(2));
        Assert.That(output, Is.Empty);
        Assert.That(error, Does.StartWith("Examples:"));
    }

    [TestCase("deicde", "Found 'deicde', which is no command. Did you mean 'decide'? See bench --help.")]
    [TestCase("gate a b --contol x", "Found '--contol', which is no option of gate. Did you mean '--control'? See bench gate --help.")]
    [TestCase("compare --threshhold=3% a b",
        "Found '--threshhold=3%', which is no option of compare. Did you mean '--threshold'? See bench compare --help.")]
    [TestCase("abacus", "Found 'abacus', which is no command. See bench --help.")]
    [TestCase("decide", "Required argument 'RUN' missing for command: 'decide'. See bench decide --help.")]
    public void Run_WrongWord_SaysWhatWasMeant(string arguments, string expected)
    {
        var (code, _, error) = BenchProgram.Run(arguments.Split(' '));

        Assert.That(code, Is.EqualTo(2));
        Assert.That(error.TrimEnd().Replace(RootCommand.ExecutableName, "bench", StringComparison.Ordinal), Is.EqualTo(expected));
    }

    [TestCase("--launchCount 3", "--launches N")]
    [TestCase("--memory", "cannot use BenchmarkDotNet's diagnosers")]
    [TestCase("--disasm", "cannot use BenchmarkDotNet's diagnosers")]
    [TestCase("--statisticalTest 5%", "bench compare")]
    [TestCase("--runtimes net9.0 net10.0", "--backends")]
    public void Parse_WordOfBenchmarkDotNet_HasAHint(string arguments, string expected)
    {
        var faults = UsageErrors.Of(Host.Parse(arguments), BenchmarkDotNetWords.Hints);

        Assert.That(faults[0], Does.StartWith(arguments.Split(' ')[0] + ": ").And.Contain(expected));
    }

    [Test]
    public void Parse_UnknownWordBesideAWrongValue_ReportsBoth() => Assert.That(
        UsageErrors.Of(Host.Parse("--launchCount 3 --launches abc"), BenchmarkDotNetWords.Hints), Has.Count.EqualTo(2));

    [Test]
    public void Hints_AreOfNoOptionThatBenchHas() =>
        Assert.That(
            BenchmarkDotNetWords.Hints.Keys.Intersect(Host.Options.SelectMany(option => option.Aliases.Append(option.Name))), Is.Empty);

    [TestCase("--filter a b --exporters csv html --artifacts x")]
    [TestCase("-f a -e csv -a x")]
    public void Parse_HabitsOfBenchmarkDotNet_AreTaken(string arguments) => Assert.That(UsageErrors.Of(Host.Parse(arguments)), Is.Empty);

    [TestCase("decdie", "decide")]
    [TestCase("DECIDE", "decide")]
    [TestCase("reprot", "report")]
    [TestCase("x", null)]
    [TestCase("completely", null)]
    public void Suggestion_Word_IsTheNearestOrNone(string word, string? expected) =>
        Assert.That(Suggestion.For(word, Verbs), Is.EqualTo(expected));

    [Test]
    public void Suggestion_OfAnythingToItself_IsItself([ValueSource(nameof(Verbs))] string verb) =>
        Assert.That(Suggestion.For(verb, Verbs), Is.EqualTo(verb));

    // The program is called otherwise where a test calls it.
    private static string Invariant(string help) =>
        help.ReplaceLineEndings("\n").Replace(RootCommand.ExecutableName, "PROGRAM", StringComparison.Ordinal);

    [GeneratedRegex(@"--([a-z-]+) <\1>")]
    private static partial Regex DoubledName();
}
