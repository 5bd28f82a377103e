using System.Diagnostics;
using System.Runtime.InteropServices;
using Bench.CommandLine;

namespace Bench.Cli.Measuring;

/// <summary>The program that measures: a published one, or that of a checkout.</summary>
/// <param name="File">What is started.</param>
/// <param name="Before">What stands before the arguments.</param>
internal sealed record MeasuringProgram(string File, IReadOnlyList<string> Before)
{
    private const string Name = "Bench.Benchmarks";

    /// <summary>Finds it: in the folder that is named, beside this program, or in the checkout that one stands in.</summary>
    /// <param name="named">The folder that is named; null for none.</param>
    /// <param name="beside">Where this program lies.</param>
    /// <param name="current">Where the user stands.</param>
    /// <returns>The program; null if there is none.</returns>
    public static MeasuringProgram? Find(string? named, string beside, string current) =>
        named is not null ? In(named) : In(beside) ?? InCheckout(current) ?? InCheckout(beside);

    /// <summary>Starts it on this console, and waits for its end.</summary>
    /// <param name="arguments">Its arguments.</param>
    /// <returns>Its exit code.</returns>
    public int Run(IEnumerable<string> arguments)
    {
        // Ctrl-C reaches both; the program ends in order, and this one after it.
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => context.Cancel = true);
        var start = new ProcessStartInfo(File, [.. Before, .. arguments]);
        start.Environment[ReadingProgram.Variable] = ReadingProgram.Told(AppContext.BaseDirectory);
        using var process = Process.Start(start)!;
        process.WaitForExit();
        return process.ExitCode;
    }

    /// <summary>The program in a published folder, or in one that it was built into.</summary>
    /// <param name="folder">The folder.</param>
    /// <returns>The program; null if it is not there.</returns>
    public static MeasuringProgram? In(string folder)
    {
        var program = Path.Combine(folder, OperatingSystem.IsWindows() ? $"{Name}.exe" : Name);
        var library = Path.Combine(folder, $"{Name}.dll");
        return System.IO.File.Exists(program) ? new MeasuringProgram(program, [])
            : System.IO.File.Exists(library) ? new MeasuringProgram("dotnet", [library])
            : null;
    }

    private static MeasuringProgram? InCheckout(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
        {
            var project = Path.Combine(folder.FullName, "benchmarks", $"{Name}.csproj");
            if (System.IO.File.Exists(project))
            {
                return new MeasuringProgram("dotnet", ["run", "-c", "Release", "--project", project, "--"]);
            }
        }

        return null;
    }
}
