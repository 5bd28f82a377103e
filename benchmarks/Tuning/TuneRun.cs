using System.Globalization;
using Bench.Analysis.Measurements;
using Bench.Analysis.Rendering;
using Bench.Analysis.Runs;
using Bench.Benchmarks.Engines;
using Bench.Benchmarks.Host;
using Bench.Benchmarks.Machines;
using Bench.Benchmarks.Preparing;
using Bench.CommandLine;
using Bench.Inference;
using Bench.Models;

namespace Bench.Benchmarks.Tuning;

/// <summary>Searches the cheapest settings of a model: looks at what is out of the question, has short launches of the rest, and confirms
/// what is found in fresh ones. All of it is in the run's folder as it comes, so that a search that was stopped goes on.</summary>
internal sealed class TuneRun
{
    private readonly BenchOptions _options;
    private readonly TuneAsked _asked;
    private readonly IReadOnlyList<EngineOffer> _searched;
    private readonly BenchPaths _paths;
    private readonly IReadOnlyList<EngineOffer> _engines;
    private readonly TextWriter _console;
    private readonly TimeProvider _time;
    private readonly CancellationToken _cancellation;
    private readonly long _begun;
    private readonly DateTimeOffset _started;
    private readonly MachineFacts _machine = MachineProbe.Read();
    private readonly TuneCells _cells;
    private TuneLaunches? _launches;

    public TuneRun(
        BenchOptions options, BenchPaths paths, IReadOnlyList<EngineOffer> engines, TextWriter console, TimeProvider time,
        CancellationToken cancellation)
    {
        (_asked, _paths, _engines, _console, _time, _cancellation) = (options.Tune!, paths, engines, console, time, cancellation);
        (_begun, _started) = (time.GetTimestamp(), time.GetUtcNow());
        _searched = [.. engines.Where(engine => options.Backends.Contains(engine.Backend.Id))];
        _cells = new TuneCells(options, _asked, _searched, StreamChoices.Cores(_machine));
        _options = options with
        {
            Precisions = _cells.Precisions,
            ArePrecisionsNamed = true,
            Variants = [Variant.None, .. _cells.Variants],
        };
    }

    /// <summary>Whether lines on the terminal change now.</summary>
    public bool IsShownLive => _launches?.IsShownLive == true;

    /// <summary>Makes a new search, or goes on with one.</summary>
    /// <param name="stopped">The folder of a search that was stopped; null for a new one.</param>
    /// <returns>The exit code.</returns>
    /// <exception cref="ArgumentException">There is more than one model, or too little time.</exception>
    /// <exception cref="IOException">The output folder cannot be written.</exception>
    public int Execute(RunFolder? stopped)
    {
        if (_options.Models.Count != 1)
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"tune: found {_options.Models.Count} models; expected one, as in --models unet."));
        }

        if (!_searched.Any(engine => engine.Availability.IsAvailable))
        {
            return NothingToSearch(_searched.Select(engine => $"{engine.Backend.Id}: {engine.Availability.Reason}"));
        }

        var model = ModelList.Prepare(_options, _paths, _engines, _console, _cancellation).FirstOrDefault();
        if (model is null || model.Failure is not null)
        {
            _console.WriteLine(model?.Failure is { } failure ? $"{model.Name}: {failure}" : "Stopped before anything was measured.");
            return ExitCodes.Incomplete;
        }

        var cells = _cells.All(model, _machine.MemoryBytes);
        var pending = cells.Where(cell => cell.Status == CellStatus.Pending).ToList();
        return TuneCells.Default(pending) is { } standard ? Tune(model, cells, standard, stopped)
            : NothingToSearch(pending.Count > 0
                ? ["The default configuration is not among those that --filter leaves; it is what others are compared with."]
                : cells.Select(cell => $"{cell.Id}: {cell.Reason}").Distinct());
    }

    private int Tune(PreparedModel model, IReadOnlyList<CellFacts> cells, CellId standard, RunFolder? stopped)
    {
        var launches = _launches = new TuneLaunches(model, _machine, _paths, _engines, _console, _time, _cancellation);
        var folders = new TuneFolders(stopped ?? new RunFolder(Path.Combine(_options.Output, launches.Id)));
        var steps = new TuneSteps(_options, folders, model, cells, Reference(model), launches, _console);
        CheckBudget(
            TuneBudget.Least(cells.Count(cell => cell.Status == CellStatus.Pending), steps.Fresh(standard)).TotalSeconds, "at least");
        if (stopped is null)
        {
            RunPlanner.CreateFolder(folders.Confirmed.Path);
        }

        folders.Create();
        var work = new WorkFolder(folders.Confirmed);
        using var hold = work.Lock();
        if (steps.GoOn() is { Count: > 0 } differences)
        {
            differences.ToList().ForEach(_console.WriteLine);
            _console.WriteLine("A search goes on only as it began: nothing was measured. Start a new one.");
            return ExitCodes.Incomplete;
        }

        work.Write(_options);
        var place = Path.GetRelativePath(Environment.CurrentDirectory, folders.Confirmed.Path);
        _console.WriteLine($"Run folder: {place}");
        var code = Tune(steps, standard, work);
        if (code == ExitCodes.Incomplete)
        {
            _console.WriteLine(ConsoleText.Wrapped(
                $"A search that is not confirmed claims nothing. Go on with: {BenchCommand.Run} -- --resume {place}"));
            return code;
        }

        hold.Dispose();
        foreach (var folder in new[] { folders.Quality, folders.Search, folders.Confirmed })
        {
            new WorkFolder(folder).Delete();
        }

        return code;
    }

    private int Tune(TuneSteps steps, CellId standard, WorkFolder work)
    {
        var before = steps.LookSeconds(_started);
        if (steps.Look(standard, work.SearchSeconds is not null) is not { } field)
        {
            return ExitCodes.Incomplete;
        }

        if (field.Default is null)
        {
            _console.WriteLine(ConsoleText.Wrapped($"{standard}: {field.Pruned.First(point => point.Candidate.IsDefault).Reason}. "
                + "It is what others are compared with, so that nothing can be said without it."));
            return ExitCodes.Incomplete;
        }

        var spent = _time.GetElapsedTime(_begun) + TimeSpan.FromSeconds(before);
        var (confirmation, look) = steps.Estimate(field);
        if (work.SearchSeconds is null)
        {
            CheckBudget(
                spent.TotalSeconds + confirmation.Least,
                string.Create(CultureInfo.InvariantCulture, $"more, since fresh launches take {confirmation.Least:0} s here: at least"));
        }

        var seconds = work.SearchSeconds ??= _asked.Budget.SearchSeconds(spent, confirmation.Most);
        _console.WriteLine(ConsoleText.Wrapped(_asked.Exhaustive is { } launches
            ? TuneText.Everything(field, launches, look * launches)
            : TuneText.Field(field, seconds, _asked.Budget.Total, look)));
        return steps.Search(field, seconds) is not { } choice ? ExitCodes.Incomplete
            : choice.Winner is null ? steps.ConcludeNothing(field, choice, _paths)
            : steps.Confirm(field, choice, _engines, _paths);
    }

    /// <exception cref="ArgumentException">There is too little time to confirm anything.</exception>
    private void CheckBudget(double seconds, string what)
    {
        if (_asked.Exhaustive is null && _asked.Budget.Total.TotalSeconds < seconds)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"--budget: found {_asked.Budget.Total.TotalSeconds:0} s; expected {what} ")
                + string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(seconds):0} s, so that what is found can be confirmed, or ")
                + "fewer configurations (--backends, --precisions, --batch, --streams, --set).");
        }
    }

    private int NothingToSearch(IEnumerable<string> reasons)
    {
        foreach (var reason in reasons)
        {
            _console.WriteLine(ConsoleText.Wrapped(reason));
        }

        _console.WriteLine("There is nothing to search.");
        return ExitCodes.Incomplete;
    }

    /// <summary>What outputs are compared with.</summary>
    private CellFacts? Reference(PreparedModel model) => _engines
        .Where(engine => engine.Backend.Id == BackendCatalogue.ReferenceId)
        .Select(engine => Matrix.CellOf(
            Matrix.Id(model.Name, engine.Backend.Id, Variant.None, Precision.Fp32), model, engine, Precision.Fp32,
            StreamChoices.Cores(_machine)))
        .FirstOrDefault();
}
