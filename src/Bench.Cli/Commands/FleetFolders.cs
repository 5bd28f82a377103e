using System.CommandLine;
using Bench.Analysis.Fleets;

namespace Bench.Cli.Commands;

/// <summary>The folders that a fleet lies in: that of its plan, and others that workers left results in.</summary>
internal static class FleetFolders
{
    public static Argument<string[]> Argument() => new("DIR")
    {
        Description = "The folder of the fleet, with manifest.json; then other folders that workers left results in.",
        Arity = ArgumentArity.OneOrMore,
    };

    /// <summary>Reads them.</summary>
    /// <param name="paths">What the user named, at least one.</param>
    /// <returns>The fleet, and where its results may be.</returns>
    /// <exception cref="Bench.Analysis.Input.RunFormatException">There is no fleet in the first.</exception>
    /// <exception cref="ArgumentException">Another one is not there.</exception>
    public static (FleetManifest Manifest, IReadOnlyList<FleetFolder> Results) Read(IReadOnlyList<string> paths)
    {
        var manifest = FleetManifest.Read(Path.Combine(paths[0], FleetManifest.FileName));
        return paths.Skip(1).FirstOrDefault(path => !Directory.Exists(path)) is { } missing
            ? throw new ArgumentException($"DIR: found no folder {missing}; expected one that workers left results in.")
            : (manifest, [new FleetFolder(Path.Combine(paths[0], FleetFolder.Name)), .. paths.Skip(1).Select(Results)]);
    }

    /// <summary>Whoever copied a whole fleet from another machine names that.</summary>
    private static FleetFolder Results(string path) =>
        new(File.Exists(Path.Combine(path, FleetManifest.FileName)) ? Path.Combine(path, FleetFolder.Name) : path);
}
