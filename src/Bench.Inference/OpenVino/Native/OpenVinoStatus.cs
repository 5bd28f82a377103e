using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Bench.Inference.OpenVino.Native;

/// <summary>What calls of OpenVINO's C API return, and its words where they fail.</summary>
internal static class OpenVinoStatus
{
    private const string Place = "Exception from ";
    private const int InvalidArgument = -14;

    /// <param name="status">What the call returned.</param>
    /// <param name="what">What was not done, to follow the engine's name: <c>cannot list its devices</c>.</param>
    /// <exception cref="InferenceException">The status is not 0; the message has OpenVINO's own words.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void ThrowIfFailed(int status, string what)
    {
        if (status != 0)
        {
            Throw(status, what);
        }
    }

    /// <summary>OpenVINO's words without the places in its source that they passed through.</summary>
    public static string Plain(string message)
    {
        var lines = message.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var words = Array.FindAll(lines, line => !line.StartsWith(Place, StringComparison.Ordinal));
        return string.Join(' ', words.Length > 0 ? words : lines);
    }

    /// <summary>Takes a text that OpenVINO reserved memory for, and frees that.</summary>
    /// <returns>The text; null if there is none.</returns>
    public static string? Take(nint text)
    {
        if (text == 0)
        {
            return null;
        }

        var taken = Marshal.PtrToStringUTF8(text);
        OpenVinoApi.Free(text);
        return taken;
    }

    /// <summary>The words of the last call that failed; null if it left none.</summary>
    public static string? LastWords() => Take(OpenVinoApi.GetLastErrorMessage()) is { Length: > 0 } message ? Plain(message) : null;

    private static void Throw(int status, string what)
    {
        // What finds a fault in its arguments leaves the words of another call.
        var words = status == InvalidArgument ? null : LastWords();
        throw new InferenceException(
            FormattableString.Invariant($"OpenVINO {what}: {words ?? "it gives no reason"} (status {status})"));
    }
}
