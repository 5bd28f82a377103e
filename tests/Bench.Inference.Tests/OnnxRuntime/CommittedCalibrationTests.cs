using Bench.Inference.OnnxRuntime.Probing;
using Bench.Models;
using Bench.Models.Cards;
using Bench.Models.Data;
using Bench.Models.Files;
using Bench.Models.Inputs;
using Bench.Models.Quantization;
using Bench.Models.Signatures;
using Google.Protobuf;

namespace Bench.Inference.Tests.OnnxRuntime;

/// <summary>The committed calibrations of the built-in networks are what this machine reads, to the digits in which processors
/// differ.</summary>
[Long]
public class CommittedCalibrationTests
{
    [TestCase("unet")]
    [TestCase("inceptionv3")]
    public void Read_CalibrationImages_GivesTheCommittedRanges(string model)
    {
        using var folder = new TemporaryFolder();
        var path = Repository.File("models", $"{model}.json");
        var card = ModelCardReader.Read(path);
        var committed = CalibrationFile.Read(Repository.File("models", card.Calibration!.Ranges!));
        var (images, labels) = (folder.File("images.npy"), folder.File("labels.npy"));
        SyntheticData.Write(
            card.Data!.Generator!, CalibrationImages.DefaultSeed, CalibrationImages.DefaultCount, images, labels);
        var file = ModelFiles.Find(card, path, ModelFormat.Onnx, Precision.Fp32, folder.Path)!;
        var watched = WatchedNetwork.Of(file.Path);
        var network = folder.Write("watched.onnx", watched.Model.ToByteArray());
        TensorSpec[] inputs = [TinyModel.Tensor("input", [.. card.Input!.KnownShape])];
        InputSource[] sources =
        [
            new()
            {
                Name = "input", Path = images, Mean = card.Input.Mean, Scale = card.Input.Scale, IsTurned = card.Input.KnownShape[1] > 1,
            },
        ];

        using var examples = new ExampleReader(sources, inputs);
        var (ranges, _) = RangeProbe.Read(network, inputs, [.. watched.Inputs, .. watched.Values], examples,
            CalibrationImages.DefaultCount, CalibrationMethod.MinMax, TestRuntimes.Find());

        Assert.That(ExampleHash.Of(sources, inputs, CalibrationImages.DefaultCount), Is.EqualTo(committed.Images.Hashes));
        Assert.That(ranges.Keys, Is.EquivalentTo(committed.Ranges.Keys));
        foreach (var (name, range) in committed.Ranges)
        {
            var width = 1e-3 * (range.Max - range.Min);
            Assert.That(ranges[name].Min, Is.EqualTo(range.Min).Within(width), name);
            Assert.That(ranges[name].Max, Is.EqualTo(range.Max).Within(width), name);
        }
    }
}
