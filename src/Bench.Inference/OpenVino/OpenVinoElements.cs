using Bench.Arrays;
using OpenVinoSharp;
using OpenVinoElement = OpenVinoSharp.ElementType;

namespace Bench.Inference.OpenVino;

/// <summary>OpenVINO's numbers of element types, which are others from one version to the next.</summary>
/// <remarks>
/// 32-bit floats are 5 up to 2025.0, as the API believes, and 4 after that, where 5 means 64 bits; between the types of single bits and
/// bytes
/// others were put in. A tensor of a few elements tells by its length which number is which.
/// https://github.com/openvinotoolkit/openvino/blob/master/src/bindings/c/include/openvino/c/ov_common.h.
/// </remarks>
internal static class OpenVinoElements
{
    // Eight elements of one to six bits have fewer bytes than these.
    private const int Elements = 8;
    private const int Last = 24;

    /// <summary>The number of each type, by OpenVINO's own count of bytes.</summary>
    /// <exception cref="InferenceException">This version numbers types in a way that is not known.</exception>
    public static OvType Of(Arrays.ElementType type)
    {
        var shift = (uint)OpenVinoElement.F32 - FirstOf(OpenVinoElement.F16, sizeof(float), [OpenVinoElement.F32, OpenVinoElement.F16]);
        return new OvType((OpenVinoElement)(type switch
        {
            Arrays.ElementType.Boolean => (uint)OpenVinoElement.BOOLEAN - shift,
            Arrays.ElementType.Float16 => (uint)OpenVinoElement.F16 - shift,
            Arrays.ElementType.Float32 => (uint)OpenVinoElement.F32 - shift,
            Arrays.ElementType.Float64 => (uint)OpenVinoElement.F64 - shift,
            Arrays.ElementType.Int8 => (uint)OpenVinoElement.I8 - shift,
            Arrays.ElementType.Int16 => (uint)OpenVinoElement.I16 - shift,
            Arrays.ElementType.Int32 => (uint)OpenVinoElement.I32 - shift,
            Arrays.ElementType.Int64 => (uint)OpenVinoElement.I64 - shift,
            // After the types of single bits, of which there are more from version to version.
            _ => FirstAfter((uint)OpenVinoElement.I64 - shift, type.Size()),
        }));
    }

    private static uint FirstAfter(uint number, int size) => FirstOf(
        (OpenVinoElement)number, size, Enumerable.Range((int)number + 1, Last - (int)number).Select(code => (OpenVinoElement)code));

    private static uint FirstOf(OpenVinoElement near, int size, IEnumerable<OpenVinoElement> candidates)
    {
        foreach (var code in candidates)
        {
            using var shape = new Shape(new long[] { Elements });
            using var tensor = new Tensor(new OvType(code), shape);
            if (tensor.get_byte_size() == (ulong)(Elements * size))
            {
                return (uint)code;
            }
        }

        throw new InferenceException($"This version of OpenVINO numbers element types (near {near}) in a way that "
            + "OpenVINO.CSharp.API 2024.0 does not know; use OpenVINO 2024 to 2026.");
    }
}
