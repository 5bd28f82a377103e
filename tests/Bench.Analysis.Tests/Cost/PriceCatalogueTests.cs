using Bench.Analysis.Cost;
using Bench.Analysis.Input;

namespace Bench.Analysis.Tests.Cost;

public class PriceCatalogueTests
{
    private const string Offers = "hardware,provider,instance,region,usd_per_hour,purchase,all_in,devices,retrieved,source\n";
    private const string Hardware = "hardware,kind,name,patterns,vcpu,memory_gib,gpus,year\n";
    private const string OnPremise = "hardware,purchase_usd,years,watts,usd_per_kwh,utilisation,retrieved,source\n";

    // K80, V100 and Xeon of the study, and what is rented out today.
    [Test]
    public void BuiltIn_Always_HasTheStudysAndTodaysHardware() => Assert.That(PriceCatalogue.BuiltIn().Priced, Is.SupersetOf(
        ["k80", "v100", "xeon-8vcpu", "t4", "a10g", "l4", "a100-40gb", "a100-80gb", "h100", "h200", "xeon-sapphire-rapids-8vcpu",
            "epyc-genoa-8vcpu", "neoverse-v2-8vcpu"]));

    /// <summary>A mean over offers is a price that nobody sells.</summary>
    [Test]
    public void Find_SeveralOffers_IsTheCheapestWithTheSpread()
    {
        var price = Prices("a,P,i,r,1,on-demand,yes,1,2026-01-01,s\na,P,j,r,3,on-demand,yes,1,2026-01-01,s\n"
            + "a,Q,i,r,4,on-demand,yes,1,2026-01-01,s").Find("a")!;

        Assert.That((price.UsdPerHour, price.LowUsdPerHour, price.HighUsdPerHour), Is.EqualTo((1.0, 1.0, 4.0)));
        Assert.That(price.Providers, Is.EqualTo(new[] { new ProviderPrice("P", 1), new ProviderPrice("Q", 4) }));
        Assert.That(price.Origin, Does.Contain("P i, price of 2026-01-01; the cheapest of 3 offers of 2 providers"));
    }

    [Test]
    public void Find_AcceleratorOnly_IsNoPrice() => Assert.That(Prices("a,P,i,r,1,on-demand,no,1,2026-01-01,s").Find("a"), Is.Null);

    [Test]
    public void Find_MachineWithEightDevices_IsThePriceOfOne() =>
        Assert.That(Prices("a,P,i,r,55.04,on-demand,yes,8,2026-01-01,s").Find("a")!.UsdPerHour, Is.EqualTo(6.88));

    [Test]
    public void Find_OtherTerms_AreNotMixed()
    {
        var prices = Prices(
            "a,P,i,r,3,on-demand,yes,1,2026-01-01,s\na,P,i,r,1,spot,yes,1,2026-01-01,s\na,P,i,r,2,reserved,yes,1,2026-01-01,s");

        Assert.That(prices.Find("a")!.UsdPerHour, Is.EqualTo(3));
        Assert.That(prices.Find("a", Purchase.Spot)!.UsdPerHour, Is.EqualTo(1));
        Assert.That(prices.Find("a", Purchase.OnPremise), Is.Null);
    }

    // 8,760 USD over one year at half the hours are 2 USD an hour, and 500 W at 0.30 USD per kWh are 0.15 more.
    [Test]
    public void Find_MachineOfOnesOwn_IsWrittenOffAndPowered()
    {
        var price = PriceCatalogue.Parse(OnPremise + "own,8760,1,500,0.30,0.5,2026-01-01,invoice", "p").Find("own")!;

        Assert.That(price.UsdPerHour, Is.EqualTo(2.15).Within(1e-12));
        Assert.That(price.OnlyWhileWorking, Is.True, "its idle hours are in the price");
    }

    /// <summary>What a user pays is the price, whatever others ask.</summary>
    [Test]
    public void With_OwnOffer_ReplacesAllOfThatHardware()
    {
        var prices = Prices("a,P,i,r,1,on-demand,yes,1,2026-01-01,s\na,Q,i,r,1,on-demand,yes,1,2026-01-01,s")
            .With(Prices("a,ours,i,r,5,reserved,yes,1,2026-02-01,t"));

        Assert.That(prices.Find("a")!.UsdPerHour, Is.EqualTo(5), "also on other terms");
        Assert.That(prices.Offers, Has.Count.EqualTo(1));
    }

    [Test]
    public void Parse_SeveralTables_ReadsAll()
    {
        var prices = PriceCatalogue.Parse("# mine\n" + Hardware + "own,cpu,\"A, B\",*Own*,4,16,0,2025\n\n" + OnPremise
            + "own,1000,4,100,0.2,1,2026-01-01,i\n" + Offers + "own,P,i,r,1,on-demand,yes,1,2026-01-01,s\n", "p");

        Assert.That(prices.Hardware.Single().Name, Is.EqualTo("A, B"));
        Assert.That(prices.Offers.Select(offer => offer.Purchase), Is.EqualTo([Purchase.OnPremise, Purchase.OnDemand]));
    }

    [TestCase("a,P,i,r,0,on-demand,yes,1,2026-01-01,s", "found usd_per_hour '0'")]
    [TestCase("a,P,i,r,-1,on-demand,yes,1,2026-01-01,s", "found usd_per_hour '-1'")]
    [TestCase("a,P,i,r,1e9,on-demand,yes,1,2026-01-01,s", "found usd_per_hour '1e9'")]
    [TestCase("a,P,i,r,,on-demand,yes,1,2026-01-01,s", "found usd_per_hour ''")]
    [TestCase("a,P,i,r,NaN,on-demand,yes,1,2026-01-01,s", "found usd_per_hour 'NaN'")]
    [TestCase("a,P,i,r,€0.31,on-demand,yes,1,2026-01-01,s", "Convert other currencies")]
    [TestCase("a,P,i,r,0.31 EUR,on-demand,yes,1,2026-01-01,s", "Convert other currencies")]
    [TestCase("a,P,i,r,\"1,5\",on-demand,yes,1,2026-01-01,s", "found usd_per_hour '1,5'")]
    [TestCase("a,P,i,r,1,5,on-demand,yes,1,2026-01-01,s", "found 11 fields")]
    [TestCase("a,P,i,r,1,on-demand,perhaps,1,2026-01-01,s", "found all_in 'perhaps'; expected yes, no")]
    [TestCase("a,P,i,r,1,cheap,yes,1,2026-01-01,s", "expected on-demand, spot, reserved, on-premise")]
    [TestCase("a,P,i,r,1,on-demand,yes,0,2026-01-01,s", "found devices '0'")]
    [TestCase("a,P,i,r,1,on-demand,yes,1,lately,s", "without a date is refused")]
    [TestCase("a,P,i,r,1,on-demand,yes,1,2026-01-01,", "without a source is refused")]
    [TestCase("a,,i,r,1,on-demand,yes,1,2026-01-01,s", "found provider ''")]
    public void Parse_BadRow_SaysWhatItFound(string row, string expected) =>
        Assert.That(() => PriceCatalogue.Parse(Offers + row, "p.csv"),
            Throws.TypeOf<RunFormatException>().With.Message.Contains(expected).And.Message.StartsWith("p.csv: line 2: "));

    [Test]
    public void Parse_SeveralFaults_AreReportedTogether() => Assert.That(
        () => PriceCatalogue.Parse(Offers + "a,P,i,r,0,on-demand,yes,1,2026-01-01,\nb,P,i,r,1,on-demand,yes,x,2026-01-01,s", "p"),
        Throws.TypeOf<RunFormatException>().With.Message.Contains("line 2: found usd_per_hour '0'")
            .And.Message.Contains("line 2: found source ''").And.Message.Contains("line 3: found devices 'x'"));

    [Test]
    public void Parse_ThousandsOfFaults_NamesSome()
    {
        var text = Offers + string.Concat(Enumerable.Repeat("a,P,i,r,0,on-demand,yes,1,2026-01-01,s\n", 1000));

        Assert.That(() => PriceCatalogue.Parse(text, "p"),
            Throws.TypeOf<RunFormatException>().With.Message.EndsWith("And 980 more.").And.Message.Length.LessThan(4000));
    }

    [TestCase("a,b\n", "usd_per_hour")]
    [TestCase("", "found no table")]
    [TestCase("hardware,provider,instance,region,eur_per_hour,purchase,all_in,devices,retrieved,source\n",
        "found the column 'eur_per_hour'; prices are in USD")]
    public void Parse_WrongHeader_SaysWhatItExpected(string text, string expected) =>
        Assert.That(() => PriceCatalogue.Parse(text, "p"), Throws.TypeOf<RunFormatException>().With.Message.Contains(expected));

    [TestCase("own,0,1,1,1,1,2026-01-01,s", "found purchase_usd '0'")]
    [TestCase("own,1,0,1,1,1,2026-01-01,s", "found years '0'")]
    [TestCase("own,1,1,-1,1,1,2026-01-01,s", "found watts '-1'")]
    [TestCase("own,1,1e-300,1,1,1,2026-01-01,s", "that give at most 10000000 USD per hour")]
    [TestCase("own,1,1,1,1,1.5,2026-01-01,s", "found utilisation '1.5'")]
    public void Parse_BadMachineOfOnesOwn_SaysWhatItFound(string row, string expected) =>
        Assert.That(() => PriceCatalogue.Parse(OnPremise + row, "p"), Throws.TypeOf<RunFormatException>().With.Message.Contains(expected));

    [Test]
    public void Parse_PatternThatMatchesEverything_IsRefused() =>
        Assert.That(() => PriceCatalogue.Parse(Hardware + "own,cpu,Own,*,4,16,0,2025", "p"),
            Throws.TypeOf<RunFormatException>().With.Message.Contains("everything matches"));

    private static PriceCatalogue Prices(string rows) => PriceCatalogue.Parse(Hardware + "a,gpu,A,A1,,,1,\n" + Offers + rows + "\n", "p");
}
