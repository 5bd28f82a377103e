using Bench.Arrays;
using Bench.Inference.TensorFlow;
using Bench.Models.Signatures;

namespace Bench.Inference.Tests.TensorFlow;

/// <summary>How a frozen graph has a network's tensors: as the network has them, or with its channels last.</summary>
public class GraphTensorTests
{
    [TestCase(new[] { 1, 3, 4, 5 }, new long[] { -1, 4, 5, 3 }, true)]
    [TestCase(new[] { 1, 3, 4, 5 }, new long[] { -1, 3, 4, 5 }, false)]
    [TestCase(new[] { 1, 3, 3, 3 }, new long[] { 1, 3, 3, 3 }, true, Description = "both fit: graphs have channels last")]
    [TestCase(new[] { 1, 3, 4, 5 }, null, true)]
    [TestCase(new[] { 1, 2, 3, 4, 5 }, new long[] { -1, -1, -1, -1, 2 }, true)]
    [TestCase(new[] { 1, 12 }, new long[] { -1, 12 }, true, Description = "no channels to be turned: both are the same")]
    public void Of_ShapeOfTheGraph_SaysWhereChannelsAre(int[] shape, long[]? graph, bool isTurned)
    {
        var tensor = GraphTensor.Of(Spec(shape), default, graph);

        Assert.That(tensor!.IsTurned, Is.EqualTo(isTurned));
        Assert.That(graph ?? tensor.Shape, Is.EqualTo(tensor.Shape).Using<long>((one, other) => one < 0 || other < 0 ? 0
            : one.CompareTo(other)));
    }

    [TestCase(new[] { 1, 3, 4, 5 }, new long[] { -1, 4, 3, 5 })]
    [TestCase(new[] { 1, 12 }, new long[] { -1, 12, 1 })]
    public void Of_ShapeThatDoesNotFit_IsNothing(int[] shape, long[] graph) =>
        Assert.That(GraphTensor.Of(Spec(shape), default, graph), Is.Null);

    [Test]
    public void ToGraph_AndBack_IsWhatItWas()
    {
        var tensor = GraphTensor.Of(Spec(1, 2, 2, 3), default, [1, 2, 3, 2])!;
        byte[] source = [.. Enumerable.Range(0, 12 * sizeof(float)).Select(i => (byte)i)];
        var (graph, back) = (new byte[source.Length], new byte[source.Length]);

        tensor.ToGraph(source, graph);
        tensor.FromGraph(graph, back);

        Assert.That(graph.Chunk(4).Select(bytes => bytes[0] / 4), Is.EqualTo([0, 6, 1, 7, 2, 8, 3, 9, 4, 10, 5, 11]));
        Assert.That(back, Is.EqualTo(source));
    }

    [Test]
    public void ToGraph_NotTurned_IsACopy()
    {
        var tensor = GraphTensor.Of(Spec(1, 2, 2, 3), default, [1, 2, 2, 3])!;
        byte[] source = [.. Enumerable.Range(0, 12 * sizeof(float)).Select(i => (byte)i)];
        var graph = new byte[source.Length];

        tensor.ToGraph(source, graph);

        Assert.That(graph, Is.EqualTo(source));
    }

    private static TensorSpec Spec(params int[] shape) => new("x", ElementType.Float32, shape);
}
