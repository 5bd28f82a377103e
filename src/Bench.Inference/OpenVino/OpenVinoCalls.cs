using OpenVinoSharp;

namespace Bench.Inference.OpenVino;

/// <summary>What all calls of OpenVINO's managed API have in common.</summary>
internal static class OpenVinoCalls
{
    /// <summary>
    /// OpenVINO's number for 32-bit floats: 5 up to 2025.0, as the API believes, and 4 after that, where 5 means 64 bits. A tensor of one
    /// element tells which.
    /// </summary>
    public static OvType FloatType()
    {
        foreach (var code in new[] { ElementType.F32, ElementType.F16 })
        {
            var type = new OvType(code);
            using var shape = new Shape(new long[] { 1 });
            using var tensor = new Tensor(type, shape);
            if (tensor.get_byte_size() == sizeof(float))
            {
                return type;
            }
        }

        throw new InferenceException("This version of OpenVINO numbers element types in a way that OpenVINO.CSharp.API 2024.0 does not "
            + "know; use OpenVINO 2024 to 2026.");
    }

    public static long[] Long(IReadOnlyList<int> shape) => [.. shape.Select(axis => (long)axis)];

    public static T Guard<T>(string what, Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception e) when (IsOpenVinos(e))
        {
            throw new InferenceException($"OpenVINO {what}: {e.Message}", e);
        }
    }

    // The API's own exception is not public.
    public static bool IsOpenVinos(Exception exception) =>
        exception is DllNotFoundException or EntryPointNotFoundException || exception.GetType().Namespace == typeof(Core).Namespace;
}
