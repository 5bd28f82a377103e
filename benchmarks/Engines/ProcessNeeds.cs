using System.Diagnostics;
using Bench.Inference;
using Bench.Models;

namespace Bench.Benchmarks.Engines;

/// <summary>Gives a process what a backend's engine needs before it starts: the system's loader and engines read their
/// variables only then.</summary>
internal static class ProcessNeeds
{
    private static string SearchVariable =>
        OperatingSystem.IsWindows() ? "PATH" : OperatingSystem.IsMacOS() ? "DYLD_LIBRARY_PATH" : "LD_LIBRARY_PATH";

    /// <summary>Adds the backend's folders, after those that the user chose, and its variables, unless the user set them.</summary>
    public static void ApplyForLaunch(ProcessStartInfo start, EngineOffer offer, Precision precision)
    {
        Apply(start, offer.Backend, precision);
        foreach (var (name, setting) in offer.Trial is { Device: not null, IsSoftwareDevice: false }
            ? offer.Backend.RealDeviceVariables
            : new Dictionary<string, string>())
        {
            start.Environment.TryAdd(name, setting);
        }
    }

    /// <summary>As <see cref="ApplyForLaunch"/>, for a trial, which is to see every device that there is.</summary>
    public static void Apply(ProcessStartInfo start, IBackend backend, Precision precision)
    {
        if (backend.LibraryFolders.Count > 0)
        {
            var existing = start.Environment.TryGetValue(SearchVariable, out var value) && value is { Length: > 0 }
                ? [value]
                : Array.Empty<string>();
            start.Environment[SearchVariable] = string.Join(Path.PathSeparator, [.. existing, .. backend.LibraryFolders]);
        }

        foreach (var (name, setting) in backend.Variables(precision))
        {
            _ = setting is null ? start.Environment.Remove(name) : start.Environment.TryAdd(name, setting);
        }
    }
}
