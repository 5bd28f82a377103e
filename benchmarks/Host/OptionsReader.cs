using System.CommandLine;
using Bench.Analysis.Cost;
using Bench.Benchmarks.Configs;
using Bench.Benchmarks.Engines;
using Bench.Benchmarks.Launches;
using Bench.CommandLine;
using Bench.Inference;
using Bench.Inference.NativeRuntimes;
using Bench.Inference.OnnxRuntime.Plugins;

namespace Bench.Benchmarks.Host;

/// <summary>Checks what stands on the command line; all faults are reported together.</summary>
internal static class OptionsReader
{
    /// <returns>The options, or null with the faults.</returns>
    public static BenchOptions? Read(GivenOptions given, BenchPaths paths, RuntimeCatalogue runtimes, out IReadOnlyList<string> faults)
    {
        var found = new List<string>();
        faults = found;
        var (options, result) = given;
        var profileName = result.GetRequiredValue(options.Profile);
        var profile = Profile.All.FirstOrDefault(candidate => candidate.Name == profileName);
        if (profile is null)
        {
            found.Add($"--profile: found '{profileName}'; expected one of {string.Join(", ", Profile.All.Select(p => p.Name))}.");
        }

        var loads = LoadOptions.Read(given, found);
        var measuring = MeasuringOptions.Read(given, profile, loads, found);
        var prices = PriceCatalogue.BuiltIn();
        if (result.GetValue(options.Hardware) is { } hardware && prices.Find(hardware) is null)
        {
            found.Add($"--hardware: found '{hardware}'; expected one of {string.Join(", ", prices.Priced)}, or give --usd-per-hour.");
        }

        double? usdPerHour = null;
        if (result.GetValue(options.UsdPerHour) is { } text)
        {
            usdPerHour = UsdText.TryParse(text, out var usd) ? usd : null;
            if (usdPerHour is null)
            {
                found.Add($"--usd-per-hour: found '{text}'; expected a price above 0 with a decimal point, such as 0.90.");
            }
        }

        var ortLibrary = result.GetValue(options.OrtLibrary);
        var plugins = PluginLibraries.Read(
            result.GetValue(options.EpLibrary) ?? [], Environment.GetEnvironmentVariable(PluginLibraries.Variable), found,
            out var namedPlugins);
        runtimes = runtimes with { Plugins = plugins };
        var models = ModelOptions.Models(result.GetRequiredValue(options.Models), paths, found);
        var questions = ModelOptions.Questions(given, found);
        var int8 = Int8OptionsReader.Read(given, found);
        var card = result.GetValue(options.WriteCard) is { } file ? Path.GetFullPath(file) : null;
        if (card is not null && (models is not [{ IsBare: true }] || File.Exists(card)))
        {
            found.Add(models.Count != 1 ? $"--write-card: found {models.Count} models; expected one (--models)."
                : !models[0].IsBare ? $"--write-card: {models[0].Path} is a card already; expected an ONNX file (--models my.onnx)."
                : $"--write-card: {card} is there already; name another file, or delete it.");
        }

        var backends = result.GetRequiredValue(options.Backends);
        var all = BackendCatalogue.All(runtimes);
        var known = all.Select(backend => backend.Id).ToList();
        var meant = all.Where(backend => !backend.IsOnlyWhereNamed).Select(backend => backend.Id).ToList();
        var chosenBackends = Backends(backends, ortLibrary is not null, namedPlugins, runtimes, known, meant, found);
        var variants = KnobOptions.Read(given, chosenBackends, found);
        if (ortLibrary is { } library && !File.Exists(library))
        {
            found.Add($"--ort-library: found no file {library}; expected the path of libonnxruntime.so, "
                + "onnxruntime.dll or libonnxruntime.dylib.");
        }

        SlowDown? slowDown = null;
        if (result.GetValue(options.SlowDown) is { } slower
            && (!SlowDown.TryParse(slower, out slowDown) || (slowDown!.Backend is { } named && !chosenBackends.Contains(named))))
        {
            found.Add($"--slow-down: found '{slower}'; expected a share above 0, such as 10%, or one for a backend of the run, "
                + "such as ort-cpu=10%.");
        }

        var exporters = ExporterNames.Parse(result.GetValue(options.Exporters) ?? [], out var exporterFault);
        if (exporterFault is not null)
        {
            found.Add($"--exporters: {exporterFault}");
        }

        var precisions = Choose(
            "--precisions", result.GetRequiredValue(options.Precisions), Models.Precisions.All.Select(precision => precision.Id),
            Models.Precisions.Default.Select(precision => precision.Id), found);
        var isDefault = new Option[]
        {
            options.Backends, options.Precisions, options.Batch, options.Streams, options.Threads, options.Set, options.Filter,
        }.All(option => result.GetResult(option) is null or { Implicit: true });
        var tune = options.Tune is null ? null : TuneReader.Read(given, variants, precisions, loads, measuring, found);
        return found.Count > 0 ? null : new BenchOptions
        {
            Profile = profile! with { Measuring = measuring! },
            Models = models,
            Questions = questions,
            Int8 = int8,
            WriteCard = card,
            KeepConverted = result.GetValue(options.KeepConverted),
            Backends = chosenBackends,
            ListedBackends = Split(backends).Contains(MeasureOptions.All) ? InOrder(chosenBackends.Union(known), known) : chosenBackends,
            ArePrecisionsNamed = !Split(result.GetRequiredValue(options.Precisions)).Contains(MeasureOptions.All),
            Precisions = isDefault
                ? DefaultMatrix.Precisions
                : [.. Models.Precisions.All.Where(precision => precisions.Contains(precision.Id))],
            IsDefaultMatrix = isDefault && tune is null,
            Tune = tune,
            Launches = result.GetValue(options.Launches),
            Variants = variants,
            Loads = loads,
            Filters = result.GetValue(options.Filter) ?? [],
            Exporters = exporters,
            Output = Path.GetFullPath(result.GetValue(options.Output) ?? paths.Runs),
            Verbose = result.GetValue(options.Verbose),
            Seed = result.GetRequiredValue(options.Seed),
            Hardware = result.GetValue(options.Hardware),
            UsdPerHour = usdPerHour,
            Prices = prices,
            Libraries = new EngineLibraries(ortLibrary is { } path ? Path.GetFullPath(path) : null, plugins),
            AllowFallback = result.GetValue(options.AllowFallback),
            AllowSoftwareDevice = result.GetValue(options.AllowSoftwareDevice),
            SlowDown = slowDown,
            NamedBackends = [.. chosenBackends.Where(backend => Split(backends).Contains(backend)
                || namedPlugins.Any(library => library.BackendId == backend)
                || backend.EndsWith($"{BackendCatalogue.VersionMark}{Flavour.Local}", StringComparison.Ordinal))],
            CommandLine = given.Words,
        };
    }

    /// <summary>In the order of the matrix; versions of a backend in the order of the command line.</summary>
    private static List<string> Backends(
        string text, bool hasOwnLibrary, IReadOnlyList<PluginLibrary> plugins, RuntimeCatalogue runtimes, List<string> known,
        List<string> meantByAll, List<string> faults)
    {
        var chosen = Split(text).SelectMany(name => name == MeasureOptions.All ? meantByAll : [name]).ToList();
        var local = $"{BackendCatalogue.ReferenceId}{BackendCatalogue.VersionMark}{Flavour.Local}";
        if (hasOwnLibrary
            && !chosen.Exists(name => name.EndsWith($"{BackendCatalogue.VersionMark}{Flavour.Local}", StringComparison.Ordinal)))
        {
            chosen.Add(local);
        }

        chosen.AddRange(plugins.Select(library => library.BackendId));

        foreach (var name in chosen.Where(name => BackendCatalogue.Find(name, runtimes) is null).Distinct())
        {
            var meant = Suggestion.For(name, known) is { } near ? $" (did you mean '{near}'?)" : string.Empty;
            faults.Add($"--backends: found '{name}'{meant}; expected {MeasureOptions.All} or some of {string.Join(", ", known)}, "
                + "those of ONNX Runtime also with a version, as in ort-cpu@1.31.0.");
        }

        if (chosen.Count == 0)
        {
            faults.Add($"--backends: found nothing; expected {MeasureOptions.All} or some of {string.Join(", ", known)}.");
        }

        return InOrder(chosen.Distinct(), known);
    }

    private static List<string> InOrder(IEnumerable<string> backends, List<string> known) =>
        [.. backends.OrderBy(backend => known.IndexOf(BackendCatalogue.NameOf(backend)))];

    private static List<string> Choose(
        string option, string text, IEnumerable<string> names, IEnumerable<string> meantByAll, List<string> faults)
    {
        var known = names.ToList();
        var chosen = Split(text).SelectMany(name => name == MeasureOptions.All ? meantByAll : [name]).Distinct().ToList();
        foreach (var name in chosen.Where(name => !known.Contains(name)))
        {
            faults.Add($"{option}: found '{name}'; expected {MeasureOptions.All} or some of {string.Join(", ", known)}.");
        }

        if (chosen.Count == 0)
        {
            faults.Add($"{option}: found nothing; expected {MeasureOptions.All} or some of {string.Join(", ", known)}.");
        }

        // In the order of the matrix, whatever the order on the command line.
        return [.. known.Where(chosen.Contains)];
    }

    private static string[] Split(string text) => text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
