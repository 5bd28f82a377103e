namespace Bench.Inference.NativeRuntimes;

/// <summary>Finds the repository that a program which was built and not published lies in.</summary>
public static class Checkout
{
    /// <summary>Looks upwards for the solution file.</summary>
    /// <param name="folder">Where to begin.</param>
    /// <returns>The repository's folder; null if the folder lies in none.</returns>
    public static string? Around(string folder)
    {
        for (var parent = new DirectoryInfo(folder); parent is not null; parent = parent.Parent)
        {
            if (File.Exists(Path.Combine(parent.FullName, "Bench.sln")))
            {
                return parent.FullName;
            }
        }

        return null;
    }
}
