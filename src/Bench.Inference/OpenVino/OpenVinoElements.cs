using Bench.Arrays;
using Bench.Inference.OpenVino.Native;

namespace Bench.Inference.OpenVino;

/// <summary>OpenVINO's numbers of element types, which are others from one version to the next.</summary>
/// <remarks>
/// 32-bit floats are 5 up to 2025.0, and 4 after that, where 5 means 64 bits; between the types of single bits and bytes others were put
/// in. A tensor of a few elements tells by its length which number is which.
/// https://github.com/openvinotoolkit/openvino/blob/master/src/bindings/c/include/openvino/c/ov_common.h.
/// </remarks>
internal static unsafe class OpenVinoElements
{
    // Eight elements of one to six bits have fewer bytes than these.
    private const int Elements = 8;
    private const int Last = 32;

    // The numbers up to 2025.0.
    private const int Boolean = 2, Float16 = 4, Float32 = 5, Float64 = 6, Int8 = 8, Int16 = 9, Int32 = 10, Int64 = 11;

    /// <summary>The number of a type in the loaded library, by its own count of bytes.</summary>
    /// <param name="type">The type.</param>
    /// <exception cref="InferenceException">This version numbers types in a way that is not known.</exception>
    public static int Of(ElementType type)
    {
        var shift = Float32 - FirstOf(ElementType.Float32, [Float32, Float32 - 1]);
        return type switch
        {
            ElementType.Boolean => Boolean - shift,
            ElementType.Float16 => Float16 - shift,
            ElementType.Float32 => Float32 - shift,
            ElementType.Float64 => Float64 - shift,
            ElementType.Int8 => Int8 - shift,
            ElementType.Int16 => Int16 - shift,
            ElementType.Int32 => Int32 - shift,
            ElementType.Int64 => Int64 - shift,
            // After the types of single bits, of which there are more from version to version.
            _ => FirstOf(type, Enumerable.Range(Int64 - shift + 1, Last - Int64)),
        };
    }

    private static int FirstOf(ElementType type, IEnumerable<int> candidates)
    {
        foreach (var number in candidates)
        {
            if (Bytes(number) == (nuint)(Elements * type.Size()))
            {
                return number;
            }
        }

        throw new InferenceException($"This version of OpenVINO ({OpenVinoText.Version()}) has no number for {type} that is known. "
            + "Expected OpenVINO 2024 to 2026.");
    }

    /// <returns>The length of a tensor of the type; null if there is no such type.</returns>
    private static nuint? Bytes(int number)
    {
        long length = Elements;
        nint tensor;
        if (OpenVinoApi.CreateTensor(number, new ShapeView { Rank = 1, Dimensions = &length }, &tensor) != 0)
        {
            return null;
        }

        nuint bytes;
        var status = OpenVinoApi.GetByteSize(tensor, &bytes);
        OpenVinoApi.FreeTensor(tensor);
        return status == 0 ? bytes : null;
    }
}
