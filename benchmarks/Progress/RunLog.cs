using Bench.Benchmarks.Host;
using BenchmarkDotNet.Loggers;

namespace Bench.Benchmarks.Progress;

/// <summary>Takes what BenchmarkDotNet says into a file, without paths of this machine, and onto the console if it
/// is wanted there.</summary>
/// <param name="log">The file.</param>
/// <param name="console">The console; null if nothing is wanted there.</param>
/// <param name="paths">What to hide.</param>
internal sealed class RunLog(TextWriter log, TextWriter? console, BenchPaths paths) : ILogger
{
    public string Id => nameof(RunLog);

    public int Priority => 0;

    public void Write(LogKind logKind, string text)
    {
        log.Write(paths.Hide(text));
        console?.Write(text);
    }

    public void WriteLine()
    {
        log.WriteLine();
        console?.WriteLine();
    }

    public void WriteLine(LogKind logKind, string text)
    {
        Write(logKind, text);
        WriteLine();
    }

    public void Flush() => log.Flush();
}
