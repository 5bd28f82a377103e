using System.Diagnostics;

namespace Bench.Benchmarks.Processes;

/// <summary>This very program, started again to do something in a process of its own.</summary>
internal static class SelfProgram
{
    /// <summary>The command, through <c>dotnet</c> if this process was started so.</summary>
    /// <param name="arguments">What it is asked to do.</param>
    public static ProcessStartInfo Command(params string[] arguments)
    {
        var program = Environment.ProcessPath!;
        var isHost = Path.GetFileNameWithoutExtension(program).Equals("dotnet", StringComparison.OrdinalIgnoreCase);
        return new ProcessStartInfo(
            program, isHost ? [Path.Combine(AppContext.BaseDirectory, "Bench.Benchmarks.dll"), .. arguments] : arguments);
    }
}
