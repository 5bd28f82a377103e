using Bench.Arrays.Npy;
using Bench.Inference.Tests;
using Bench.Models;
using Bench.Models.Files;
using Bench.Models.Networks;

namespace Bench.EndToEnd.Tests.Runs;

/// <summary>Models as a user brings them: a card, an ONNX file of a few bytes, inputs and labels as <c>.npy</c>.</summary>
internal static class UserModels
{
    // One node, opset 17, from x [1, 2] to y [1, 2]; made with Bench.Models.Onnx and checked by the engine in every test that uses it.
    // With a name for the axis that counts images, empty for an axis without one, the file takes any number of them.
    public static byte[] Onnx(string operation, string? unused = null, string? batch = null)
    {
        byte[] Field(int number, params ReadOnlySpan<byte> value) => [(byte)((number << 3) | 2), (byte)value.Length, .. value];
        byte[] Text(int number, string text) => Field(number, System.Text.Encoding.ASCII.GetBytes(text));
        byte[] axis = batch is null ? [0x08, 1] : batch.Length == 0 ? [] : Text(2, batch);
        var dimensions = (byte[])[.. Field(1, axis), .. Field(1, 0x08, 2)];
        var type = Field(2, Field(1, [0x08, 1, .. Field(2, dimensions)]));
        var node = (byte[])[.. Text(1, "x"), .. Text(2, "y"), .. Text(4, operation)];
        // A number that no node uses, of which ONNX Runtime complains.
        byte[] initializer = unused is null ? [] : Field(5, [0x08, 1, 0x10, 1, .. Text(8, unused), .. Field(9, 0, 0, 0, 0)]);
        var graph = (byte[])[.. Field(1, node), .. Text(2, "tiny"), .. initializer, .. Field(11, [.. Text(1, "x"), .. type]),
            .. Field(12, [.. Text(1, "y"), .. type])];
        return [0x08, 8, .. Field(7, graph), .. Field(8, [.. Text(1, string.Empty), 0x10, 17])];
    }

    /// <summary>Writes a model and gives the path of its card. The network's answer is the larger of two numbers;
    /// through <c>Abs</c> it is right for three images of four.</summary>
    public static string Write(TemporaryFolder folder, string id, byte[] onnx, string shape = "[1, 2]", NpyArray? inputs = null)
    {
        folder.Write(id + ".onnx", onnx);
        (inputs ?? NpyArray.FromSingles([1, 2, -4, 3, 0.5f, -0.25f, 600, 700], 4, 2)).Write(folder.File(id + "-x.npy"));
        NpyArray.FromBytes([1, 0, 1, 1], 4).Write(folder.File(id + "-y.npy"));
        return folder.Write(
            id + ".json",
            $$"""
            {
              "id": "{{id}}", "title": "A network of the user's", "task": "classification",
              "network": { "onnx": { "fp32": "{{id}}.onnx" } },
              "input": { "name": "x", "shape": {{shape}} },
              "output": { "name": "y", "shape": [1, 2], "values": "logits" },
              "data": { "inputs": "{{id}}-x.npy", "labels": "{{id}}-y.npy" },
              "metric": "accuracy", "licence": "MIT"
            }
            """);
    }

    /// <summary>Writes a U-Net of a few milliseconds, with random weights and images, and gives the path of its card.</summary>
    public static string WriteSmallUNet(TemporaryFolder folder)
    {
        const int Size = 96;
        const int Images = 8;
        var network = UNet.Describe(Size, 16);
        ModelFiles.Write(
            network, RandomWeights.For(network, 5), ModelFormat.Onnx, Precision.Fp32, "logits", folder.File("small-unet.onnx"));
        var random = new Random(7);
        NpyArray.FromSingles([.. Enumerable.Range(0, Images * Size * Size).Select(_ => random.NextSingle())], Images, 1, Size, Size)
            .Write(folder.File("images.npy"));
        NpyArray.FromBytes([.. Enumerable.Range(0, Images * Size * Size).Select(_ => (byte)random.Next(2))], Images, 1, Size, Size)
            .Write(folder.File("masks.npy"));
        return folder.Write("small-unet.json", $$"""
            {
              "id": "small-unet", "title": "A small U-Net", "task": "segmentation",
              "network": { "onnx": { "fp32": "small-unet.onnx" } },
              "input": { "name": "input", "shape": [1, 1, {{Size}}, {{Size}}] },
              "output": { "name": "logits", "shape": [1, 1, {{Size}}, {{Size}}], "values": "logits" },
              "data": { "inputs": "images.npy", "labels": "masks.npy" },
              "metric": "dice", "licence": "MIT"
            }
            """);
    }
}
