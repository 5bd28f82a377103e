using System.Globalization;
using Bench.Analysis.Measurements;

namespace Bench.Analysis.Tests.Measurements;

public class MeasurementIdTests
{
    private const string Cell = "unet/ort-cpu/fp32/linux-x64";

    [TestCase(Cell, null)]
    [TestCase(Cell + "~120rps", 120.0)]
    [TestCase(Cell + "~0.5rps", 0.5)]
    public void Parse_CellAndLoad_AreReadAndWritten(string text, double? rate)
    {
        var id = MeasurementId.Parse(text);

        Assert.That((id.Cell.ToString(), id.Load, id.ToString()), Is.EqualTo((Cell, new Load(rate), text)));
        Assert.That(id.Load.IsClosed, Is.EqualTo(rate is null));
    }

    [TestCase("")]
    [TestCase("~120rps")]
    [TestCase(Cell + "~")]
    [TestCase(Cell + "~120")]
    [TestCase(Cell + "~0rps")]
    [TestCase(Cell + "~-1rps")]
    [TestCase(Cell + "~1e999rps")]
    [TestCase(Cell + "~1,5rps")]
    [TestCase(Cell + "~NaNrps")]
    [TestCase("unet/ort-cpu/fp32~120rps")]
    public void Parse_NoMeasurement_IsRefused(string text)
    {
        Assert.That(MeasurementId.TryParse(text, null, out _), Is.False);
        Assert.That(() => MeasurementId.Parse(text), Throws.TypeOf<FormatException>().With.Message.Contains("~120rps"));
    }

    [FsCheck.NUnit.Property]
    public bool ToString_OfAnyRate_IsReadBack(FsCheck.NormalFloat rate)
    {
        var value = Math.Abs(rate.Get) + double.Epsilon;
        var id = new MeasurementId(CellId.Parse(Cell), new Load(value));

        return MeasurementId.Parse(id.ToString()).Load.RequestsPerSecond == value;
    }

    [Test]
    public void Parse_LoadInAnotherCulture_IsTheSame()
    {
        var before = CultureInfo.CurrentCulture;
        var comma = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        comma.NumberFormat.NumberDecimalSeparator = ",";
        CultureInfo.CurrentCulture = comma;
        try
        {
            Assert.That(Load.Parse("~0.5rps").ToString(), Is.EqualTo("~0.5rps"));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
