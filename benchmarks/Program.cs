using System.Runtime.InteropServices;
using Bench.Benchmarks.Host;
using Bench.Benchmarks.Machines;
using Bench.Benchmarks.Micro;
using Bench.Inference;
using Bench.Inference.NativeRuntimes;
using Bench.Models.Data;

// What follows a bare "--" belongs to BenchmarkDotNet's own switcher (micro benchmarks).
var split = Array.IndexOf(args, "--");
var own = split < 0 ? args : args[..split];
var rest = split < 0 ? [] : args[(split + 1)..];
using var interrupt = new CancellationTokenSource();
using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);

var paths = BenchPaths.Find();
var parsed = BenchCommand.Create(Run, Export).Parse(own);
if (parsed.Errors.Count > 0)
{
    foreach (var error in parsed.Errors)
    {
        Console.Error.WriteLine($"{error.Message} See --help.");
    }

    return ExitCodes.WrongUsage;
}

return parsed.Invoke();

int Run(RawOptions raw, Mode mode)
{
    if (mode == Mode.Micro)
    {
        return MicroBenchmarks.Run(rest);
    }

    var backends = BackendCatalogue.All(RuntimeCatalogue.Find());
    if (OptionsReader.Read(raw, paths, backends, out var faults) is not { } options)
    {
        foreach (var fault in faults)
        {
            Console.Error.WriteLine(fault);
        }

        return ExitCodes.WrongUsage;
    }

    try
    {
        return mode == Mode.List
            ? MatrixList.Print(options, paths, backends, Console.Out, Math.Max(1, (int)CpuQuota.Read()))
            : new MatrixRun(options, paths, backends, Console.Out, TimeProvider.System, interrupt.Token).Execute();
    }
    catch (Exception e) when (e is IOException or UnauthorizedAccessException or Bench.Analysis.Runs.RunFormatException)
    {
        Console.Error.WriteLine($"{e.Message} The run is not complete; expected a folder with space that can be written: choose one with --output.");
        return ExitCodes.Incomplete;
    }
}

int Export(DataRequest request)
{
    try
    {
        Directory.CreateDirectory(request.Output);
        SyntheticData.Write(
            request.Generator, request.Seed, request.Count, Path.Combine(request.Output, "images.npy"), Path.Combine(request.Output, "labels.npy"));
        return ExitCodes.Success;
    }
    catch (ArgumentException e)
    {
        Console.Error.WriteLine(e.Message);
        return ExitCodes.WrongUsage;
    }
    catch (Exception e) when (e is IOException or UnauthorizedAccessException)
    {
        Console.Error.WriteLine(e.Message);
        return ExitCodes.Incomplete;
    }
}

void Stop(PosixSignalContext context)
{
    // The first signal ends the run in order; a second one ends the program.
    if (!interrupt.IsCancellationRequested)
    {
        context.Cancel = true;
        Console.Error.WriteLine("Stopping; what was measured is kept ...");
        interrupt.Cancel();
    }
}
