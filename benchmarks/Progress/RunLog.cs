using Bench.Benchmarks.Host;
using BenchmarkDotNet.Loggers;

namespace Bench.Benchmarks.Progress;

/// <summary>Takes what launches and BenchmarkDotNet say into a file, without paths of this machine, and onto the console if it is wanted
/// there. A log that cannot be written is no reason to stop measuring.</summary>
internal sealed class RunLog : ILogger, IDisposable
{
    private readonly Lock _gate = new();
    private readonly TextWriter? _console;
    private readonly BenchPaths _paths;
    private StreamWriter? _log;

    /// <param name="path">The file; what it holds stays.</param>
    /// <param name="console">The console; null if nothing is wanted there.</param>
    /// <param name="paths">What to hide.</param>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    public RunLog(string path, TextWriter? console, BenchPaths paths)
    {
        (_console, _paths) = (console, paths);
        _log = new StreamWriter(path, append: true) { NewLine = "\n" };
    }

    public string Id => nameof(RunLog);

    public int Priority => 0;

    public void WriteLine(string text)
    {
        lock (_gate)
        {
            ToLog(log => log.WriteLine(_paths.Hide(text)));
            _console?.WriteLine(text);
        }
    }

    public void Write(LogKind logKind, string text)
    {
        lock (_gate)
        {
            ToLog(log => log.Write(_paths.Hide(text)));
            _console?.Write(text);
        }
    }

    public void WriteLine() => WriteLine(string.Empty);

    public void WriteLine(LogKind logKind, string text) => WriteLine(text);

    public void Flush()
    {
        lock (_gate)
        {
            ToLog(log => log.Flush());
        }
    }

    public void Dispose()
    {
        Flush();
        lock (_gate)
        {
            ToLog(log => log.Dispose());
            _log = null;
        }
    }

    private void ToLog(Action<TextWriter> write)
    {
        try
        {
            if (_log is { } log)
            {
                write(log);
            }
        }
        catch (IOException)
        {
            // The disk is full, or gone: the launches will say so.
            _log = null;
        }
    }
}
