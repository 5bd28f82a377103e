using Bench.Inference.OpenVino.Native;
using OpenVinoSharp;

namespace Bench.Inference.OpenVino;

/// <summary>What all calls of OpenVINO.CSharp.API have in common.</summary>
internal static class PackageCalls
{
    /// <param name="what">What was not done, to follow the engine's name.</param>
    /// <param name="call">The call; not of the timed loop, where it would reserve memory.</param>
    /// <exception cref="InferenceException">The package failed.</exception>
    public static T Guard<T>(string what, Func<T> call)
    {
        try
        {
            return call();
        }
        catch (Exception e) when (IsItsOwn(e))
        {
            throw Failure(what, e);
        }
    }

    /// <summary>Whether an exception is the package's, whose type is not public in 2024.0, or tells that it cannot find its library.
    /// </summary>
    public static bool IsItsOwn(Exception exception) => exception is DllNotFoundException or EntryPointNotFoundException
        || exception.GetType().Namespace?.StartsWith(typeof(Core).Namespace!, StringComparison.Ordinal) == true
        || (exception is TypeInitializationException { InnerException: { } inner } && IsItsOwn(inner));

    /// <summary>The same in Bench's own kind of exception, with the C library's words: the package mixes its own into them.</summary>
    public static InferenceException Failure(string what, Exception exception) =>
        new($"OpenVINO {what}: {Words(exception.InnerException ?? exception)}", exception);

    private static string Words(Exception exception) =>
        (exception is DllNotFoundException or EntryPointNotFoundException ? null : OpenVinoStatus.LastWords()) ?? exception.Message;
}
