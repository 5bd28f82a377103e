using Bench.Inference.Threads;
using Bench.Models;
using Bench.Models.Networks;
using Bench.Models.Onnx;
using Microsoft.ML.OnnxRuntime;

namespace Bench.Inference.OnnxRuntime;

/// <summary>How many threads ONNX Runtime takes where nobody says a number.</summary>
internal static class OrtThreads
{
    /// <summary>Loads a tiny network with the engine's own choice, and counts the threads that it starts.</summary>
    /// <returns>The number, the calling thread included. Where threads cannot be told apart, that of the processors: ONNX Runtime takes one
    /// thread for each physical core, which .NET does not know.</returns>
    public static int OwnChoice()
    {
        var network = OnnxExporter.Export(
            TrialNetwork.Describe(), TrialNetwork.Weights(), Precision.Fp32, TrialNetwork.OutputName);
        var probe = ThreadProbe.Start();
        using var options = new SessionOptions { InterOpNumThreads = 1 };
        using var session = new InferenceSession(network, options);
        var count = probe.Stop().Count;
        return count > 0 ? count : Environment.ProcessorCount;
    }
}
