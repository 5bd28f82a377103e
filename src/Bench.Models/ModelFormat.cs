namespace Bench.Models;

/// <summary>The kind of file that an engine loads a network from.</summary>
public enum ModelFormat
{
    /// <summary>ONNX: inputs with channels first.</summary>
    Onnx,

    /// <summary>A frozen TensorFlow graph: inputs with channels last.</summary>
    TensorFlow,

    /// <summary>OpenVINO's own: an <c>.xml</c> file with its weights in the <c>.bin</c> file of the same name.</summary>
    OpenVino,
}

/// <summary>What formats are called in files.</summary>
public static class ModelFormats
{
    /// <summary>What a network's file is called in cards and runs.</summary>
    /// <param name="format">The format.</param>
    /// <param name="file">Its number format, as <see cref="Precision.File"/> has it.</param>
    /// <returns><c>fp32</c> for ONNX, <c>tensorflow-fp32</c> for TensorFlow.</returns>
    public static string Key(this ModelFormat format, string file) =>
        format == ModelFormat.Onnx ? file : $"{format.ToString().ToLowerInvariant()}-{file}";
}
