using System.Diagnostics;

namespace Bench.Benchmarks.Processes;

/// <summary>This very program, started again to do something in a process of its own.</summary>
internal static class SelfProgram
{
    // Above what the program's own configuration says.
    private const string TwoSteps = "DOTNET_TieredCompilation";

    /// <summary>The command of a process that times something. Everything is compiled once, when it is first called.</summary>
    /// <remarks>Otherwise .NET compiles the harness anew in the background, some 70 iterations long, and takes a core from the engine: on
    /// two cores ten of 141 iterations took half as long again, always the same ones, and the mean was 5 % too high.</remarks>
    /// <param name="arguments">What it is asked to do.</param>
    public static ProcessStartInfo Timed(params string[] arguments) => With("0", arguments);

    /// <summary>The command of a process that only finds something out. It is the sooner there: most of its code runs once, and is not
    /// worth the time to compile it well.</summary>
    /// <param name="arguments">What it is asked to do.</param>
    public static ProcessStartInfo Untimed(params string[] arguments) => With("1", arguments);

    /// <summary>The command, through <c>dotnet</c> if this process was started so.</summary>
    /// <param name="arguments">What it is asked to do.</param>
    public static ProcessStartInfo Command(params string[] arguments)
    {
        var program = Environment.ProcessPath!;
        var isHost = Path.GetFileNameWithoutExtension(program).Equals("dotnet", StringComparison.OrdinalIgnoreCase);
        return new ProcessStartInfo(
            program, isHost ? [Path.Combine(AppContext.BaseDirectory, "Bench.Benchmarks.dll"), .. arguments] : arguments);
    }

    private static ProcessStartInfo With(string twoSteps, string[] arguments)
    {
        var start = Command(arguments);
        start.Environment[TwoSteps] = twoSteps;
        return start;
    }
}
