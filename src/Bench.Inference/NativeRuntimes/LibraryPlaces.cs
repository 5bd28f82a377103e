namespace Bench.Inference.NativeRuntimes;

/// <summary>Somewhere an engine's libraries may lie.</summary>
/// <param name="Name">What a person calls the place.</param>
/// <param name="Folders">The folders that there are; none if the place does not exist here.</param>
internal sealed record LibraryPlace(string Name, IReadOnlyList<string> Folders)
{
    /// <summary>Folders that a variable names, or that lie at fixed places below those.</summary>
    public static LibraryPlace OfVariable(string name, IReadOnlyList<string> folders) =>
        new(name, folders) { Value = Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : "not set" };

    /// <summary>The name, and what a variable is set to: for the message when nothing was found.</summary>
    public string Description => Value is null ? Name : $"{Name} ({Value})";

    private string? Value { get; init; }
}

/// <summary>Looks for engines where people install them: folders named by variables, Python's packages, the system's folders.</summary>
internal static class LibraryPlaces
{
    /// <summary>A folder under the one, or each of those, that a variable names.</summary>
    public static IReadOnlyList<string> Variable(string name, params string[] below) =>
        [.. (Environment.GetEnvironmentVariable(name) ?? string.Empty)
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(folder => Path.Combine([folder, .. below]))
            .Where(Directory.Exists)];

    /// <summary>The folders of the system's search path for libraries.</summary>
    public static IReadOnlyList<string> SearchPath =>
        Variable(OperatingSystem.IsWindows() ? "PATH" : OperatingSystem.IsMacOS() ? "DYLD_LIBRARY_PATH" : "LD_LIBRARY_PATH");

    /// <summary>Those of the folders that exist.</summary>
    public static IReadOnlyList<string> Existing(params string[] folders) => [.. folders.Where(Directory.Exists)];

    /// <summary>The first file, over all places in order, that a name or pattern fits.</summary>
    /// <param name="places">Where to look.</param>
    /// <param name="patterns">File names, in order of preference; <c>*</c> stands for anything.</param>
    /// <returns>The place and the file's path, or null.</returns>
    public static (LibraryPlace Place, string Path)? Find(IEnumerable<LibraryPlace> places, params string[] patterns) => places
        .SelectMany(place => place.Folders
            .SelectMany(folder => patterns.SelectMany(pattern => Entries(() => Directory.GetFiles(folder, pattern))))
            .Select(path => ((LibraryPlace, string)?)(place, path)))
        .FirstOrDefault();

    /// <summary>The folders in a folder, the last by name first; none if it is not there or may not be read.</summary>
    public static IReadOnlyList<string> Below(string folder, string pattern = "*") =>
        Directory.Exists(folder) ? Entries(() => Directory.GetDirectories(folder, pattern)) : [];

    // A folder on a search path that may not be read is common, and no reason to give up.
    private static string[] Entries(Func<string[]> list)
    {
        try
        {
            return [.. list().OrderDescending(StringComparer.Ordinal)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
