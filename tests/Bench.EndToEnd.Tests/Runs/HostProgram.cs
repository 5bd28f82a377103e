using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Bench.EndToEnd.Tests.Runs;

/// <summary>The real program, built for release once, started as a user starts it.</summary>
internal static partial class HostProgram
{
    /// <summary>What is compiled with the tests is analysed with them; once more would take half of the time of a build.</summary>
    public const string Unanalysed = "-p:RunAnalyzers=false";

    private static readonly Lazy<string> Program = new(Build);

    /// <summary>The folder that it was built into, as one that was published.</summary>
    public static string Folder => Path.GetDirectoryName(Program.Value)!;

    public static Result Run(string folder, params string[] arguments)
    {
        using var running = Start(folder, arguments);
        return running.Wait();
    }

    public static Running Start(string folder, params string[] arguments) => Start(folder, ("BENCH_TEST", "1"), arguments);

    public static Running Start(string folder, (string Name, string Value) variable, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Program.Value, .. arguments])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment[variable.Name] = variable.Value;
        var process = Process.Start(start)!;
        return new Running(process, process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
    }

    private static string Build()
    {
        using var build = Process.Start(new ProcessStartInfo(
            "dotnet", ["build", Repository.File("benchmarks"), "-c", "Release", "--nologo", "-v", "quiet", Unanalysed])
        {
            RedirectStandardOutput = true,
        })!;
        var output = build.StandardOutput.ReadToEnd();
        build.WaitForExit();
        Assert.That(build.ExitCode, Is.Zero, output);
        return Repository.File("benchmarks", "bin", "Release", "net10.0", "Bench.Benchmarks.dll");
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);

    public sealed record Result(int ExitCode, string Output, string Error);

    private const int Interruption = 2;
    private const int Termination = 15;

    public sealed class Running(Process process, Task<string> output, Task<string> error) : IDisposable
    {
        /// <summary>The processes that the program has started and that still run.</summary>
        public IReadOnlyList<int> Children() => [.. Directory.GetDirectories("/proc")
            .Where(folder => char.IsAsciiDigit(Path.GetFileName(folder)[0]) && IsChild(folder))
            .Select(folder => int.Parse(Path.GetFileName(folder), System.Globalization.CultureInfo.InvariantCulture))];

        public void Dispose() => process.Dispose();

        public bool HasEnded => process.HasExited;

        public Result Wait()
        {
            if (!process.WaitForExit(TimeSpan.FromMinutes(5)))
            {
                process.Kill(entireProcessTree: true);
                Assert.Fail("the program did not end within five minutes");
            }

            process.WaitForExit();
            return new Result(process.ExitCode, output.Result, error.Result);
        }

        /// <summary>Ctrl-C in a terminal goes to the program and to the benchmark process that it runs.</summary>
        public void Interrupt(int benchmarkProcess)
        {
            var signal = IsIgnored(Interruption) ? Termination : Interruption;
            _ = HostProgram.Kill(process.Id, signal);
            _ = HostProgram.Kill(benchmarkProcess, signal);
        }

        // A shell without job control starts background commands, such as a whole test run, with Ctrl-C ignored, and .NET respects that.
        private static bool IsIgnored(int signal)
        {
            var mask = File.ReadLines("/proc/self/status")
                .First(line => line.StartsWith("SigIgn:", StringComparison.Ordinal)).Split('\t')[1];
            return (ulong.Parse(mask, System.Globalization.NumberStyles.HexNumber, System.Globalization.CultureInfo.InvariantCulture)
                & (1UL << (signal - 1))) != 0;
        }

        /// <summary>Waits for a benchmark process and stops it in its tracks, as an engine that hangs would.</summary>
        public void FreezeBenchmarkProcess() => _ = HostProgram.Kill(WaitForBenchmarkProcess(), 19);

        /// <summary>Ends the program at once, without a chance to clean up.</summary>
        public void Kill() => _ = HostProgram.Kill(process.Id, 9);

        /// <summary>Asks the program to end, as a scheduler does.</summary>
        public void Terminate() => _ = HostProgram.Kill(process.Id, Termination);

        /// <summary>Waits for a benchmark process and kills it, as a crashing engine would.</summary>
        public void CrashBenchmarkProcess()
        {
            var child = WaitForBenchmarkProcess();
            _ = HostProgram.Kill(child, 9);
        }

        /// <summary>Waits until BenchmarkDotNet has started a benchmark process, or another one than a given one.</summary>
        public int WaitForBenchmarkProcess(int except = 0)
        {
            for (var deadline = Stopwatch.StartNew(); deadline.Elapsed < TimeSpan.FromMinutes(2) && !HasEnded; Thread.Sleep(20))
            {
                foreach (var folder in Directory.GetDirectories("/proc")
                    .Where(folder => char.IsAsciiDigit(Path.GetFileName(folder)[0]) && Path.GetFileName(folder) != $"{except}"))
                {
                    if (Text(Path.Combine(folder, "cmdline")).Contains("\0launch\0", StringComparison.Ordinal) && IsChild(folder))
                    {
                        return int.Parse(Path.GetFileName(folder), System.Globalization.CultureInfo.InvariantCulture);
                    }
                }
            }

            Assert.Fail("no benchmark process was started");
            return 0;
        }

        private bool IsChild(string folder) => Text(Path.Combine(folder, "stat")).Split(") ")[^1].Split(' ') is [_, var parent, ..]
            && parent == process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture);

        private static string Text(string path)
        {
            try
            {
                return File.ReadAllText(path);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return string.Empty;
            }
        }
    }
}
