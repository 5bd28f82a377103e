using Bench.Analysis.Cost;

namespace Bench.Analysis.Tests.Cost;

public class PriceListTests
{
    private const string Tables = """
        hardware,kind,name,patterns,vcpu,memory_gib,gpus,year
        a,gpu,An accelerator,Tesla A*,,16,1,2020
        b,cpu,A processor,*Test CPU*,8,32,0,
        hardware,provider,instance,region,usd_per_hour,purchase,all_in,devices,retrieved,source
        a,P,i8,r,24,on-demand,yes,8,2025-11-21,list
        a,Q,i1,r,3.3,on-demand,yes,1,2026-11-22,list
        a,R,i1,r,9,on-demand,yes,1,2026-11-22,page
        a,S,alone,r,2,on-demand,no,1,2026-11-22,page
        b,P,c,r,0.4,on-demand,yes,1,2025-11-22,list
        hardware,purchase_usd,years,watts,usd_per_kwh,utilisation,retrieved,source
        b,10000,4,300,0.3,0.5,2026-11-01,invoice
        """;

    private static readonly DateOnly Today = new(2026, 11, 22);

    [Test]
    public void Markdown_DoubtfulOffers_IsTheGoldenOne() =>
        Golden.Match(MarkdownPrices.Write(Of(Tables)), "tests", "Bench.Analysis.Tests", "Data", "golden", "prices.md");

    [Test]
    public void Json_DoubtfulOffers_IsTheGoldenOne() =>
        Golden.Match(JsonPrices.Write(Of(Tables)), "tests", "Bench.Analysis.Tests", "Data", "golden", "prices.json");

    [Test]
    public void Of_BuiltIn_HasNoFault() => Assert.That(PriceList.Of(PriceCatalogue.BuiltIn(), Today).Faults, Is.Empty);

    [TestCase("a,P,i8,r,25,on-demand,yes,8,2025-11-21,list", "Found the offer a, P, i8, r, on-demand 2 times")]
    [TestCase("c,P,i8,r,25,on-demand,yes,8,2025-11-21,list", "of unknown hardware; expected one of a, b")]
    [TestCase("a,T,i8,r,25,on-demand,yes,8,2026-11-23,list", "retrieved on 2026-11-23; expected a day that has been")]
    public void Of_BadOffer_IsAFault(string row, string expected)
    {
        var rows = Tables.ReplaceLineEndings("\n")
            .Replace("hardware,purchase_usd", row + "\nhardware,purchase_usd", StringComparison.Ordinal);

        Assert.That(Of(rows).Faults, Has.One.Contains(expected));
    }

    [Test]
    public void Of_ProviderSpeltTwice_IsAFault() =>
        Assert.That(Of(Tables.ReplaceLineEndings("\n").Replace("a,Q,", "a,p,", StringComparison.Ordinal)).Faults,
            Has.One.Contains("the provider as P and p"));

    [Test]
    public void Of_HardwareThatCannotBeToldApart_IsAFault() =>
        Assert.That(
            Of(Tables.ReplaceLineEndings("\n").Replace("b,cpu", "c,gpu,Another,Tesla A100,,,1,\nb,cpu", StringComparison.Ordinal)).Faults,
            Has.One.Contains("'Tesla A100' would be both c and a"));

    private static PriceList Of(string text) => PriceList.Of(PriceCatalogue.Parse(text, "p"), Today);
}
