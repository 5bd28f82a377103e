using OpenVinoSharp;

namespace Bench.Inference.OpenVino;

/// <summary>What all calls of OpenVINO's managed API have in common.</summary>
internal static class OpenVinoCalls
{
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
