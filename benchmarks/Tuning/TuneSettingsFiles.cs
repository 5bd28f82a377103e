using Bench.Analysis.Measurements;
using Bench.Benchmarks.Engines;
using Bench.Benchmarks.Host;
using Bench.Benchmarks.Launches;
using Bench.Inference;
using Bench.Inference.Settings;

namespace Bench.Benchmarks.Tuning;

/// <summary>Writes the chosen settings as code, with the network if Bench made it.</summary>
internal static class TuneSettingsFiles
{
    /// <summary>Writes them.</summary>
    /// <param name="folders">The run's folders.</param>
    /// <param name="engines">The engines.</param>
    /// <param name="paths">Bench's own folders.</param>
    /// <param name="plan">What launches shared.</param>
    /// <param name="cell">What was chosen.</param>
    /// <param name="model">The model.</param>
    /// <param name="title">One line on what it is.</param>
    /// <returns>What was written, in words.</returns>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public static TuneWritten Write(
        TuneFolders folders, IReadOnlyList<EngineOffer> engines, BenchPaths paths, LaunchPlan plan, CellId cell, string model, string title)
    {
        var backend = engines.First(engine => engine.Backend.Id == cell.Backend.ToString()).Backend;
        SessionSettings? settings;
        try
        {
            settings = backend.Settings(plan.Models[model].Request(cell, backend, plan.Cache, 1));
        }
        catch (InferenceException e)
        {
            return new TuneWritten(null, null, paths.Hide(e.Message));
        }

        if (settings is null)
        {
            return new TuneWritten(null, null, $"Bench writes no code for {backend.Id}; its settings stand in run.json.");
        }

        Directory.CreateDirectory(folders.Settings);
        var made = settings.ModelPath.StartsWith(Path.GetFullPath(paths.Cache), StringComparison.Ordinal);
        var name = made ? $"{model}.{cell.Precision}.onnx" : Path.GetFileName(settings.ModelPath);
        if (made)
        {
            File.Copy(settings.ModelPath, Path.Combine(folders.Settings, name), overwrite: true);
        }

        var code = SettingsCode.CSharp(settings, title);
        File.WriteAllText(Path.Combine(folders.Settings, "TunedSession.cs"), code);
        File.WriteAllText(Path.Combine(folders.Settings, "tuned_session.py"), SettingsCode.Python(settings, title));
        File.WriteAllText(Path.Combine(folders.Settings, "settings.json"), SettingsCode.ToJson(settings, name));
        return new TuneWritten(code, made ? name : null, null);
    }
}

/// <summary>What was written of the settings.</summary>
/// <param name="CSharp">The settings in C#; null if there are none.</param>
/// <param name="Network">The network's file beside them; null if it is the user's own.</param>
/// <param name="WhyNot">Why there are none; null if there are.</param>
internal sealed record TuneWritten(string? CSharp, string? Network, string? WhyNot);
