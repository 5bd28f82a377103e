using Microsoft.ML.OnnxRuntime;

namespace Bench.Inference.OnnxRuntime.Probing;

/// <summary>Loads a network that is run a few times only, on ONNX Runtime's CPU provider. Nothing is timed.</summary>
internal static class ProbeSession
{
    /// <summary>Loads it.</summary>
    /// <param name="path">The ONNX file.</param>
    /// <param name="level">How far the engine may rewrite it.</param>
    /// <param name="advice">What to do where it cannot be loaded: a sentence; empty for none.</param>
    /// <exception cref="InferenceException">It cannot be loaded; the message has the engine's own words.</exception>
    public static InferenceSession Load(string path, GraphOptimizationLevel level, string advice = "")
    {
        using var options = new SessionOptions
        {
            GraphOptimizationLevel = level,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
        };
        try
        {
            return new InferenceSession(path, options);
        }
        catch (OnnxRuntimeException e)
        {
            throw new InferenceException(
                $"ONNX Runtime {OrtLibrary.LoadedVersion} cannot load {path}: {OrtWords.Of(e)}. {advice}".TrimEnd(), e);
        }
    }
}
