namespace Bench.Benchmarks.Machines;

/// <summary>The files in which Linux tells of the machine and of this process. What is absent or may not be read says nothing.</summary>
/// <param name="root">The folder that stands for the root of the file system; null where there are no such files.</param>
internal sealed class KernelFiles(string? root)
{
    /// <summary>Those of this machine; none on other systems than Linux.</summary>
    public static KernelFiles Here { get; } = new(OperatingSystem.IsLinux() ? "/" : null);

    /// <summary>Whether there are such files at all.</summary>
    public bool Exist => root is not null;

    /// <param name="path">From the root.</param>
    /// <returns>The text without the white space around it; null if there is none.</returns>
    public string? Text(string path) => Try(path, File.ReadAllText)?.Trim();

    /// <param name="path">From the root.</param>
    /// <returns>The lines; none if there is no such file.</returns>
    public IReadOnlyList<string> Lines(string path) => Try(path, File.ReadAllLines) ?? [];

    /// <param name="path">A folder, from the root.</param>
    /// <param name="pattern">Which of its folders, for example <c>node*</c>.</param>
    /// <returns>The names of the folders in it, sorted; none if there is no such folder.</returns>
    public IReadOnlyList<string> Folders(string path, string pattern) =>
        Try(path, folder => Directory.GetDirectories(folder, pattern))?.Select(folder => Path.GetFileName(folder))
            .Order(StringComparer.Ordinal).ToList() ?? [];

    /// <param name="path">From the root.</param>
    public bool HasFolder(string path) => Full(path) is { } full && Directory.Exists(full);

    private T? Try<T>(string path, Func<string, T> read)
        where T : class
    {
        try
        {
            return Full(path) is { } full && Path.Exists(full) ? read(full) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Drivers answer some reads with "no such device"; containers forbid others.
            return null;
        }
    }

    private string? Full(string path) => root is null ? null : Path.Combine(root, path.TrimStart('/'));
}
