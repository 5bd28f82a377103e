using System.ComponentModel;
using System.Diagnostics;

namespace Bench.Inference.Tests;

/// <summary>Libraries with the entry points of ones that are not here, compiled by the test that needs them.</summary>
internal static class StandIn
{
    /// <summary>Compiles a library, or skips the test where there is no compiler.</summary>
    /// <param name="source">A file in C.</param>
    /// <param name="library">The library to write.</param>
    public static void Compile(string source, string library)
    {
        if (!OperatingSystem.IsLinux())
        {
            Assert.Ignore("stand-ins are compiled for Linux");
        }

        try
        {
            using var compiler = Process.Start(
                new ProcessStartInfo("cc", ["-shared", "-fPIC", "-O1", "-o", library, source]) { RedirectStandardError = true })!;
            var error = compiler.StandardError.ReadToEnd();
            compiler.WaitForExit();
            Assert.That(compiler.ExitCode, Is.Zero, error);
        }
        catch (Win32Exception)
        {
            Assert.Ignore("needs a C compiler (Debian: apt install gcc libc6-dev)");
        }
    }
}
