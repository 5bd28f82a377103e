namespace Bench.Analysis.Fleets;

/// <summary>Where workers leave what they measured: a folder for each piece of work, named by its id.</summary>
/// <param name="Path">The folder of all results.</param>
public sealed record FleetFolder(string Path)
{
    /// <summary>What it is called beside the manifest.</summary>
    public const string Name = "results";

    /// <summary>What is known of a piece of work.</summary>
    /// <param name="id">Its id.</param>
    public UnitFolder Of(string id) => new(System.IO.Path.Combine(Path, id));

    /// <summary>All pieces of work that are there, in the order of their names. Others may keep things beside them.</summary>
    public IReadOnlyList<UnitFolder> All() => !Directory.Exists(Path) ? [] :
        [.. Directory.GetDirectories(Path).Where(path => FleetId.IsOne(System.IO.Path.GetFileName(path))).Order(StringComparer.Ordinal)
            .Select(path => new UnitFolder(path))];
}
