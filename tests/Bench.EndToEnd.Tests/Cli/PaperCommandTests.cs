using System.Text.Json;

namespace Bench.EndToEnd.Tests.Cli;

public class PaperCommandTests
{
    [Test]
    public void Paper_Text_NamesTheContradictions()
    {
        var (code, output, _) = BenchProgram.Run("paper");

        Assert.That(code, Is.Zero);
        Assert.That(output, Does.Contain("7 of 8 costs follow from the times")
            .And.Contain("no price gives both").And.Contain("2 do not follow from its tables"));
    }

    [Test]
    public void Paper_Json_IsOne()
    {
        var (_, output, _) = BenchProgram.Run("paper", "--json");

        using var json = JsonDocument.Parse(output);
        Assert.That(json.RootElement.GetProperty("costsReproduced").GetInt32(), Is.EqualTo(7));
    }

    [Test]
    public void Report_StudysRuns_AreSaidToBePublished()
    {
        var (code, output, _) = BenchProgram.Run("report", Repository.File("artifacts", "reference", "study-2019", "table1", "xeon"));

        Assert.That(code, Is.Zero);
        Assert.That(output, Does.Contain("Published figures, not measured here").And.Contain("19.49 ± n/a").And.Contain("1.68"));
    }
}
