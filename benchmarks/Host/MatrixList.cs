using System.Text;
using Bench.Analysis.Rendering;
using Bench.Analysis.Runs;
using Bench.Benchmarks.Engines;
using Bench.Benchmarks.Machines;
using Bench.Benchmarks.Preparing;
using Bench.CommandLine;

namespace Bench.Benchmarks.Host;

/// <summary>Prints the matrix without measuring anything. Models, cards and data are looked at as before a measurement.</summary>
internal static class MatrixList
{
    private const int Indent = 25;

    public static int Print(BenchOptions options, BenchPaths paths, IReadOnlyList<EngineOffer> engines, TextWriter console)
    {
        console.WriteLine("Backends:");
        foreach (var engine in engines)
        {
            Write(console, $"  {engine.Backend.Id} ", engine.Backend.Description);
            var state = engine.Availability.IsAvailable ? "available" : engine.Availability.IsBroken ? "failed" : "unavailable";
            Write(console, string.Empty, $"{state}: {engine.Text}");
        }

        WriteDevices(engines, console);
        IReadOnlyList<EngineOffer> measured = [.. engines.Where(engine => options.Backends.Contains(engine.Backend.Id))];
        var models = ModelList.Prepare(options, paths, measured, TextWriter.Null, CancellationToken.None);
        console.WriteLine();
        console.WriteLine("Models:");
        foreach (var model in models)
        {
            foreach (var line in ModelText.Lines(model))
            {
                var name = line.StartsWith(' ') ? string.Empty : line.Split(' ')[0];
                Write(console, $"  {name} ", line[name.Length..]);
            }
        }

        var cells = Matrix.LayOut(models, measured, options, StreamChoices.Cores(MachineProbe.Read()));
        var failed = models.Where(model => model.Failure is not null).Select(model => model.Name).ToHashSet();
        console.WriteLine();
        console.WriteLine("Cells:");
        foreach (var cell in cells.Where(cell => !failed.Contains(cell.Model)))
        {
            var isBackendsReason = engines.Any(engine => engine.Availability.Reason == cell.Reason);
            var reason = cell.Status == CellStatus.Pending
                ? string.Empty
                : $"  {cell.Status.ToString().ToLowerInvariant()}: {(isBackendsReason ? $"{cell.Backend}, see above" : cell.Reason)}";
            console.WriteLine($"  {cell.Measurement}{reason}");
        }

        return cells.Any(cell => cell.Status == CellStatus.Failed) ? ExitCodes.Incomplete : ExitCodes.Success;
    }

    private static void WriteDevices(IReadOnlyList<EngineOffer> engines, TextWriter console)
    {
        var devices = engines.Select(engine => engine.Trial?.Devices).OfType<IReadOnlyList<string>>().FirstOrDefault() ?? [];
        var providers = WindowsMlProviders.Here();
        if (devices.Count + providers.Count == 0)
        {
            return;
        }

        console.WriteLine();
        console.WriteLine("Devices that ONNX Runtime finds by itself:");
        foreach (var device in devices)
        {
            console.WriteLine($"  {device}");
        }

        if (providers.Count == 0)
        {
            return;
        }

        console.WriteLine();
        console.WriteLine("Providers that Windows ML has installed; each is measured with the option beside it:");
        foreach (var provider in providers)
        {
            console.WriteLine($"  {provider.Package}");
            console.WriteLine($"    --ep-library \"{provider.Library}\"");
        }
    }

    /// <summary>Without a terminal each is one line, which other programs may look for.</summary>
    private static void Write(TextWriter console, string label, string sentences)
    {
        var lines = new StringBuilder();
        ConsoleText.WriteTo(lines, label, sentences, Indent, Terminal.WidthForLines(console));
        console.Write(lines.ToString());
    }
}
