using Bench.Models.Networks;
using Bench.Models.Weights;
using Google.Protobuf;

namespace Bench.Models.TensorFlow;

/// <summary>Turns a <see cref="Network"/> and its weights into a frozen TensorFlow graph, channels last,
/// for a batch of a known number of images.</summary>
/// <remarks>
/// The same layers and the same stored weights as <see cref="Onnx.OnnxExporter"/> writes. FP32 holds the stored FP16 weights widened,
/// which is exact; FP16 keeps them as they are and computes in FP16 between a cast at the input and one at the output.
/// </remarks>
public static class GraphDefExporter
{
    /// <summary>Counts changes of what is written for the same network, so that files made before are made anew.</summary>
    public const int Version = 1;

    // GraphDef versions of TensorFlow 2.x: every 2.x reads graphs of this producer. tensorflow/core/public/version.h.
    private const int Producer = 1087;

    /// <summary>Builds the graph.</summary>
    /// <param name="network">The layers.</param>
    /// <param name="weights">All weights that <see cref="Network.WeightShapes"/> names.</param>
    /// <param name="precision">What to compute in.</param>
    /// <param name="outputName">The name of the output node.</param>
    /// <param name="batch">How many images a request has.</param>
    /// <returns>The contents of the <c>.pb</c> file.</returns>
    /// <exception cref="WeightsFormatException">A weight is missing or has another shape.</exception>
    public static byte[] Export(Network network, SafetensorsFile weights, Precision precision, string outputName, int batch = 1)
    {
        var graph = new GraphDef { Versions = new VersionDef { Producer = Producer } };
        var nodes = new GraphDefNodes(graph, precision.File == Precision.Fp16.File ? DataType.DtHalf : DataType.DtFloat, batch);
        nodes.AddInput(network.InputName, network.Input);
        foreach (var layer in network.Layers)
        {
            nodes.Add(layer, weights);
        }

        nodes.Finish(network.Layers[^1].Name, outputName);
        return graph.ToByteArray();
    }
}
