using Bench.Arrays.Npy;
using Bench.EndToEnd.Tests.Runs;

namespace Bench.EndToEnd.Tests.Preparing;

/// <summary>What <c>--list</c> says of networks, cards and data that cannot be measured: once, where it is, and what to do.</summary>
public class BadNetworkTests
{
    private readonly TemporaryFolder _folder = new();
    private HostProgram.Result _list = null!;

    [OneTimeSetUp]
    public void List()
    {
        _folder.Write("no.onnx", "this is no network");
        _folder.Write("cut.onnx", File.ReadAllBytes(AnyNetworkTests.Network("classifier"))[..300]);
        _folder.Write("lonely.onnx", File.ReadAllBytes(AnyNetworkTests.Network("external")));
        _folder.Write("short.onnx", [.. File.ReadAllBytes(AnyNetworkTests.Network("external"))]);
        Directory.CreateDirectory(_folder.File("shorter"));
        File.Copy(AnyNetworkTests.Network("external"), _folder.File("shorter/trimmed.onnx"));
        _folder.Write("shorter/external.weights", new byte[8]);
        Directory.CreateDirectory(_folder.File("twice"));
        File.Copy(AnyNetworkTests.Network("classifier"), _folder.File("twice/no.onnx"));
        NpyArray.FromSingles(new float[3 * 49], 3, 1, 7, 7).Write(_folder.File("seven.npy"));
        NpyArray.FromSingles([1, 99], 2, 1).Write(_folder.File("far.npy"));
        var classifier = AnyNetworkTests.Network("classifier");
        string[] cards =
        [
            Card("name", classifier, """ "input": { "name": "picture" } """),
            Card("type", classifier, """ "input": { "name": "image", "type": "uint8" } """),
            Card("axis", classifier, """ "data": { "inputs": "seven.npy" } """),
            Card("outside", AnyNetworkTests.Network("places32"), """ "inputs": [{ "name": "place", "draw": "ints:0..7" }] """),
            Card("judged", classifier, """ "output": { "name": "logits" } """),
            Card("few-labels", classifier,
                """ "task": "classification", "output": { "values": "logits" }, "data": { "inputs": "ten.npy", "labels": "nine.npy" } """),
            Card("window", AnyNetworkTests.Network("volume"), """ "volume": { "size": [20, 20, 20], "window": [8, 8, 8] } """),
            Card("channels", classifier, """ "volume": { "size": [64, 64], "window": [3, 8] } """),
            Card("mirrors", classifier, """ "volume": { "size": [64, 64], "mirrors": 3 } """),
            _folder.Write("unknown.json", """{ "network": { "onnx": { "fp32": "a.onnx" } }, "licens": "MIT" }"""),
        ];
        NpyArray.FromSingles(new float[10 * 192], 10, 3, 8, 8).Write(_folder.File("ten.npy"));
        NpyArray.FromBytes(new byte[9], 9).Write(_folder.File("nine.npy"));
        string[] networks =
        [
            _folder.File("no.onnx"), _folder.File("cut.onnx"), _folder.File("lonely.onnx"), _folder.File("shorter/trimmed.onnx"),
            _folder.File("twice/no.onnx"), AnyNetworkTests.Network("text"), AnyNetworkTests.Network("open-size"),
            AnyNetworkTests.Network("words"), AnyNetworkTests.Network("classifier"),
        ];

        _list = HostProgram.Run(
            _folder.Path, "--list", "--backends", "ort-cpu", "--models", string.Join(',', [.. networks, .. cards]));
    }

    [OneTimeTearDown]
    public void Delete() => _folder.Dispose();

    [TestCase("no", "Found what is no network in the format of ONNX (perhaps text, or another format). It is damaged")]
    [TestCase("cut", "the file ends in the middle of a network; it is damaged or no ONNX file")]
    [TestCase("lonely", "keeps weights in external.weights; found no file")]
    [TestCase("trimmed", "trimmed.onnx keeps weights there up to byte 72. The file is cut off, or belongs to another network.")]
    [TestCase("no-5", "the id 'no' is taken by")]
    [TestCase("text", "takes text at 't' (type string): what turns text into numbers is no part of what is measured")]
    [TestCase("open-size", "leaves lengths open: give them with --shape image=1x3x?x? for 'image' float32 [N, 3, height, width]")]
    [TestCase("words", "give them with --shape tokens=1x? for 'tokens' int64 [batch, length], or give the data")]
    [TestCase("name", "takes 'image' float32 [N, 3, 8, 8]; the model card names 'picture'")]
    [TestCase("type", "the network takes 'image' float32 [1, 3, 8, 8]; the card says type uint8")]
    [TestCase("axis", "seven.npy has shape (3, 1, 7, 7); the network takes (3, 8, 8) for 'image'. Expected (images, 3, 8, 8)")]
    [TestCase("outside", "found ints:0..7; they are places in a table of 7: expected numbers from 0 to 6")]
    [TestCase("judged", "the network gives 'classes' float32 [1, 5]; found 'logits' as the output that is judged")]
    [TestCase("few-labels", "nine.npy has shape (9); expected 1 value for each of 10 images")]
    [TestCase("window", "found volume.size [20, 20, 20] and window [8, 8, 8]")]
    [TestCase("channels", "found volume.size [64, 64] and window [3, 8]")]
    [TestCase("mirrors", "mirrors 3 and folds 1; expected a share of at least 0 and below 1, 0 to 2 axes, and 1 to 100 networks")]
    [TestCase("unknown", "found 'licens' (line 1), which no card has; is it misspelt?")]
    public void List_BadModel_SaysWhatIsWrongInOneLineOnce(string name, string text)
    {
        var lines = _list.Output.Split('\n').Where(line => line.TrimStart().StartsWith(name + " ", StringComparison.Ordinal)).ToList();

        Assert.That(lines, Has.Count.EqualTo(1), _list.Output + _list.Error);
        Assert.That(lines[0], Does.Contain("failed: ").And.Contain(text));
        Assert.That(_list.Output.Split(text), Has.Length.EqualTo(2), "said once");
    }

    [Test]
    public void List_FileOfAnotherPrecisionThatIsAnotherNetwork_FailsAlone()
    {
        using var folder = new TemporaryFolder();
        folder.Write("m.onnx", File.ReadAllBytes(AnyNetworkTests.Network("classifier")));
        folder.Write("m.int8.onnx", File.ReadAllBytes(AnyNetworkTests.Network("quantised.int8")));

        var result = HostProgram.Run(folder.Path, "--list", "--backends", "ort-cpu", "--models", folder.File("m.onnx"));

        Assert.That(result.ExitCode, Is.EqualTo(4), result.Output + result.Error);
        Assert.That(result.Output, Does.Match(@"m/ort-cpu/int8/\S+ +failed: \S*m\.int8\.onnx takes 'x' float32 \[1, \S.*; \S*m\.onnx takes "
            + "'image' float32 .*They are not one network at two precisions: give one of them a name of its own"));
        Assert.That(result.Output, Does.Match(@"m/ort-cpu/fp32/\S+\n"));
    }

    [Test]
    public void List_WriteCardOfACard_IsWrongUsage()
    {
        var card = Card("done", AnyNetworkTests.Network("classifier"), """ "title": "a classifier" """);

        var result = HostProgram.Run(_folder.Path, "--models", card, "--write-card", _folder.File("again.json"));

        Assert.That(result.ExitCode, Is.EqualTo(2), result.Output + result.Error);
        Assert.That(result.Error, Does.Contain("done.json is a card already; expected an ONNX file (--models my.onnx)."));
    }

    [Test]
    public void List_ShapeOfSeveralImages_SaysHowTheyAreCounted()
    {
        var result = HostProgram.Run(
            _folder.Path, "--list", "--backends", "ort-cpu", "--models", AnyNetworkTests.Network("classifier"), "--shape", "image=2x3x8x8");

        Assert.That(result.Output, Does.Contain(
            "note: a request is counted as one image, whatever its first axis of 2 counts: this shape was given."));
    }

    [Test]
    public void List_GoodModelBesideBadOnes_GoesOn()
    {
        Assert.That(_list.ExitCode, Is.EqualTo(4));
        Assert.That(_list.Output, Does.Contain("  classifier/ort-cpu/fp32/"));
        Assert.That(_list.Output, Does.Not.Contain("(temp)"));
        Assert.That(_list.Error, Is.Empty);
    }

    [TestCase("--shape", "tkens=1x3", "--shape: found 'tkens'; no model has an input of this name, there are image.")]
    [TestCase("--input", "images=normal", "--input: found 'images'; no model has an input of this name, there are image.")]
    [TestCase("--output-judged", "logits", "--output-judged: found 'logits'; no model has an output of this name, there are classes.")]
    [TestCase("--shape", "image=3xx", "--shape: found '3xx' for image; expected lengths above 0 with x between them")]
    [TestCase("--input", "image=ints:9..1", "--input: found 'ints:9..1' for image; expected normal,")]
    [TestCase("--input", "image=nowhere.npy", "--input: found 'nowhere.npy' for image, which is no file")]
    [TestCase("--shape", "1x3x8x8", "--shape: found '1x3x8x8'; expected the name of an input and what is said of it")]
    public void List_WrongWordOfAnInput_IsWrongUsage(string option, string value, string text)
    {
        var result = HostProgram.Run(
            _folder.Path, "--list", "--backends", "ort-cpu", "--models", AnyNetworkTests.Network("classifier"), option, value);

        Assert.That(result.ExitCode, Is.EqualTo(2), result.Output + result.Error);
        Assert.That(result.Error, Does.Contain(text));
    }

    private string Card(string id, string network, string rest) => _folder.Write(
        id + ".json", $$"""{ "network": { "onnx": { "fp32": "{{network.Replace('\\', '/')}}" } }, {{rest}} }""");
}
