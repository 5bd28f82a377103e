using Bench.Arrays;

namespace Bench.Inference.TensorFlow;

/// <summary>TensorFlow's numbers of element types.</summary>
/// <remarks>https://github.com/tensorflow/tensorflow/blob/master/tensorflow/core/framework/types.proto.</remarks>
internal static class TensorFlowTypes
{
    private static readonly Dictionary<ElementType, int> Numbers = new()
    {
        [ElementType.Float32] = 1,
        [ElementType.Float64] = 2,
        [ElementType.Int32] = 3,
        [ElementType.UInt8] = 4,
        [ElementType.Int16] = 5,
        [ElementType.Int8] = 6,
        [ElementType.Int64] = 9,
        [ElementType.Boolean] = 10,
        [ElementType.UInt16] = 17,
        [ElementType.Float16] = 19,
    };

    public static int Of(ElementType type) => Numbers[type];
}
