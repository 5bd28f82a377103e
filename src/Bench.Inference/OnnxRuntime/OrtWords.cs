using System.Text.RegularExpressions;
using Microsoft.ML.OnnxRuntime;

namespace Bench.Inference.OnnxRuntime;

/// <summary>What ONNX Runtime says of an error, without the places in its own source.</summary>
internal static partial class OrtWords
{
    /// <summary>The engine's words, shortened.</summary>
    /// <param name="error">The error.</param>
    /// <returns>One or a few sentences, without a full stop at the end.</returns>
    public static string Of(OnnxRuntimeException error) => Short(error.Message);

    internal static string Short(string message) =>
        new[] { Frame(), Place(), Inner(), Condition() }.Aggregate(message, (text, noise) => noise.Replace(text, string.Empty))
            .ReplaceLineEndings(" ").Trim().TrimEnd('.', ' ');

    // The condition in the engine's source that did not hold says nothing where words follow.
    [GeneratedRegex(@"^\S+ (==|!=|<|>|<=|>=) \S+ was false\. (?=\S)")]
    private static partial Regex Condition();

    [GeneratedRegex(
        @"^\[ErrorCode:\w+\] *(Non-zero status code returned while running (?<op>\S+) node\. Name:'[^']*' *Status Message: *)?")]
    private static partial Regex Frame();

    [GeneratedRegex(@"\S*onnxruntime\S*:\d+ [^()]+?( \[[^\]]*\])?\(.*?\) (\[[^\]]*\] )?")]
    private static partial Regex Place();

    // An error that another one holds.
    [GeneratedRegex(@"\[ONNXRuntimeError\] : \d+ : \w+ : (\S+\.(cc|h):\d+ \S+ )?")]
    private static partial Regex Inner();
}
