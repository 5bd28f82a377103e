using BenchmarkDotNet.Engines;

namespace Bench.Benchmarks.Launches;

/// <summary>What BenchmarkDotNet's engine says in a launch: lines of text, read by the process that started it.</summary>
internal sealed class LaunchHost(TextWriter output) : IHost
{
    public void Write(string message) => output.Write(message);

    public void WriteLine() => output.WriteLine();

    public void WriteLine(string message) => output.WriteLine(message);

    // There is no diagnoser that waits for signals.
    public void SendSignal(HostSignal hostSignal)
    {
    }

    public void SendError(string message) => output.WriteLine(message);

    public void ReportResults(RunResults runResults) => runResults.Print(output);

    public void Dispose() => output.Flush();
}
