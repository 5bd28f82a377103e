using Bench.Arrays;
using Bench.Models.Batches;
using Bench.Models.Data;
using Bench.Models.Signatures;

namespace Bench.Models.Tests.Batches;

public class BatchLayoutTests
{
    [Test]
    public void Put_BatchIsTheSecondAxis_InterleavesTheImages()
    {
        var layout = new BatchLayout(new TensorSpec("x", ElementType.UInt8, [2, 3, 2]), Axis("x", 1));
        var batch = new byte[12];

        for (byte image = 0; image < 3; image++)
        {
            layout.Put([(byte)(10 * image), (byte)((10 * image) + 1), (byte)((10 * image) + 2), (byte)((10 * image) + 3)], image, batch);
        }

        Assert.That(layout.ImageBytes, Is.EqualTo(4));
        Assert.That(batch, Is.EqualTo([0, 1, 10, 11, 20, 21, 2, 3, 12, 13, 22, 23]));
    }

    [Test]
    public void Take_TensorWithoutABatch_IsTheWholeForEveryImage()
    {
        var layout = new BatchLayout(new TensorSpec("x", ElementType.UInt8, [2, 2]), new Dictionary<string, int>());
        var image = new byte[4];

        layout.Take([1, 2, 3, 4], place: 7, image);

        Assert.That(layout.IsShared);
        Assert.That(image, Is.EqualTo([1, 2, 3, 4]));
    }

    /// <summary>Shapes, axes and types that a seed chooses: what was put comes out, and every byte of the batch is somebody's.</summary>
    [Test]
    public void Take_WhatWasPut_IsTheSame()
    {
        var random = new SeededRandom(1910);
        for (var trial = 0; trial < 500; trial++)
        {
            var axes = 1 + (int)(random.NextDouble() * 5);
            var axis = (int)(random.NextDouble() * axes);
            int[] shape = [.. Enumerable.Range(0, axes).Select(_ => 1 + (int)(random.NextDouble() * 4))];
            var type = random.NextDouble() < 0.5 ? ElementType.Float32 : ElementType.UInt8;
            var tensor = new TensorSpec("x", type, shape);
            var layout = new BatchLayout(tensor, Axis("x", axis));
            var batch = new byte[tensor.Bytes];
            byte[][] images = [.. Enumerable.Range(0, shape[axis]).Select(_ =>
                Enumerable.Range(0, layout.ImageBytes).Select(_ => (byte)(1 + (random.NextDouble() * 250))).ToArray())];

            foreach (var (place, image) in images.Index())
            {
                layout.Put(image, place, batch);
            }

            Assert.That(batch, Has.None.EqualTo(0), $"{tensor}, axis {axis}");
            foreach (var (place, image) in images.Index())
            {
                var taken = new byte[layout.ImageBytes];
                layout.Take(batch, place, taken);
                Assert.That(taken, Is.EqualTo(image), $"{tensor}, axis {axis}, image {place}");
            }
        }
    }

    private static Dictionary<string, int> Axis(string name, int axis) => new() { [name] = axis };
}
