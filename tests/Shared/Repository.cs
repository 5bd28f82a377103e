namespace Bench.Tests;

/// <summary>Finds files of the repository.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    public static string File(params string[] parts) => Path.Combine([Root, .. parts]);

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (System.IO.File.Exists(Path.Combine(folder.FullName, "Bench.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("Bench.sln is in no folder above the tests.");
    }
}
