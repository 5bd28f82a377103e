namespace Bench.Models.Onnx;

/// <summary>A node, as far as it is of interest.</summary>
/// <param name="Operator">Its operator, with the domain before it where that is not ONNX's own.</param>
/// <param name="Inputs">The names of what goes in.</param>
/// <param name="Outputs">The names of what comes out.</param>
/// <param name="Axis">Its attribute <c>axis</c>; 0 if it has none.</param>
internal sealed record OnnxNode(string Operator, IReadOnlyList<string> Inputs, IReadOnlyList<string> Outputs, long Axis);
