using System.ComponentModel;
using System.Diagnostics;
using System.Reflection;

namespace Bench.Tests;

/// <summary>The execution provider of these tests, in a library of its own, compiled against the headers that come with ONNX Runtime.
/// </summary>
internal static class TestProvider
{
    /// <summary>What the provider calls itself.</summary>
    public const string Name = "BenchTestExecutionProvider";

    private static readonly Lock Gate = new();

    /// <summary>Compiles it, or skips the test where that cannot be.</summary>
    /// <param name="folder">Where it goes.</param>
    /// <param name="api">The managed API of ONNX Runtime, whose version it is for.</param>
    /// <param name="kind"><c>PLAIN</c>, or how it misbehaves: see test_provider.cc.</param>
    /// <returns>The path of the library.</returns>
    public static string Compile(TemporaryFolder folder, Assembly api, string kind = "PLAIN")
    {
        if (!OperatingSystem.IsLinux())
        {
            Assert.Ignore("the test provider is compiled for Linux");
        }

        var version = api.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+', '-')[0];
        if (Headers(version) is not { } headers)
        {
            Assert.Ignore($"the headers of ONNX Runtime {version} are in no package here");
            return string.Empty;
        }

        var library = folder.File($"libtest_provider_{kind.ToLowerInvariant()}.so");
        try
        {
            // One compiler at a time: two of them, and two tests, are too many for two cores.
            lock (Gate)
            {
                using var compiler = Process.Start(new ProcessStartInfo(
                    "g++",
                    [
                        "-std=c++20", "-O1", "-shared", "-fPIC", "-fvisibility=hidden", $"-D{kind}", $"-I{headers}", "-o", library,
                        Repository.File("tests", "Bench.Inference.Tests", "Plugins", "test_provider.cc"),
                    ])
                { RedirectStandardError = true })!;
                var error = compiler.StandardError.ReadToEnd();
                compiler.WaitForExit();
                Assert.That(compiler.ExitCode, Is.Zero, error);
            }
        }
        catch (Win32Exception)
        {
            Assert.Ignore("needs a C++ compiler (Debian: apt install g++)");
        }

        return library;
    }

    private static string? Headers(string version) => Directory.GetDirectories(Repository.Packages, "microsoft.ml.onnxruntime*")
        .SelectMany(package => new[] { "buildTransitive", "build" }
            .Select(kind => Path.Combine(package, version, kind, "native", "include")))
        .FirstOrDefault(include => File.Exists(Path.Combine(include, "onnxruntime_ep_c_api.h")));
}
