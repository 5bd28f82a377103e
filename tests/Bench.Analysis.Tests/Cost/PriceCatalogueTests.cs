using Bench.Analysis.Cost;

namespace Bench.Analysis.Tests.Cost;

public class PriceCatalogueTests
{
    private const string Header = "hardware,provider,instance,region,usd_per_hour,all_in,retrieved,source\n";

    [Test]
    public void BuiltIn_Always_HasTheStudysAccelerators() => Assert.That(PriceCatalogue.BuiltIn().Hardware, Is.SupersetOf(["k80", "v100"]));

    [Test]
    public void Find_SeveralOffers_AveragesEachProviderFirst()
    {
        var price = PriceCatalogue.Parse(Header + "a,P,i,r,1,yes,2026-01-01,s\na,P,j,r,3,yes,2026-01-01,s\na,Q,i,r,4,yes,2026-01-01,s\n", "p").Find("a")!;

        Assert.That((price.UsdPerHour, price.LowUsdPerHour, price.HighUsdPerHour), Is.EqualTo((3.0, 2.0, 4.0)));
    }

    [Test]
    public void Find_AcceleratorOnly_IsNoPrice() =>
        Assert.That(PriceCatalogue.Parse(Header + "a,P,i,r,1,no,2026-01-01,s\n", "p").Find("a"), Is.Null);

    [TestCase("a,P,i,r,0,yes,2026-01-01,s", "found price '0'")]
    [TestCase("a,P,i,r,-1,yes,2026-01-01,s", "found price '-1'")]
    [TestCase("a,P,i,r,NaN,yes,2026-01-01,s", "found price 'NaN'")]
    [TestCase("a,P,i,r,\"1,5\",yes,2026-01-01,s", "found 9 fields")]
    [TestCase("a,P,i,r,1,perhaps,2026-01-01,s", "found all_in 'perhaps'")]
    [TestCase("a,P,i,r,1,yes,lately,s", "without a date is refused")]
    [TestCase("a,P,i,r,1,yes,2026-01-01,", "without a source is refused")]
    [TestCase("a,,i,r,1,yes,2026-01-01,s", "none of the first four empty")]
    public void Parse_BadRow_SaysWhatItFound(string row, string expected) =>
        Assert.That(() => PriceCatalogue.Parse(Header + row, "p.csv"), Throws.TypeOf<FormatException>().With.Message.Contains(expected).And.Message.StartsWith("p.csv: line 2"));

    [Test]
    public void Parse_WrongHeader_SaysWhatItExpected() =>
        Assert.That(() => PriceCatalogue.Parse("a,b\n", "p"), Throws.TypeOf<FormatException>().With.Message.Contains("usd_per_hour"));

    // The study's own cells: 17.77 ms on a K80 at $0.90 an hour are $4.44; 3.34 ms on a V100 at $3.10 are $2.88.
    [TestCase(17.77, 0.90, 4.44)]
    [TestCase(3.34, 3.10, 2.88)]
    [TestCase(29.24, 0.90, 7.31)]
    public void PerMillionImages_PublishedCosts_AreReproduced(double ms, double usdPerHour, double usd) =>
        Assert.That(HourlyPrice.PerMillionImages(ms, usdPerHour), Is.EqualTo(usd).Within(0.005));
}
