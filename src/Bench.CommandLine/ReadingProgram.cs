namespace Bench.CommandLine;

/// <summary>How the program that reads runs is called where the user stands.</summary>
public static class ReadingProgram
{
    /// <summary>The variable by which <c>bench run</c> tells the program that measures that it is installed.</summary>
    public const string Variable = "BENCH_COMMAND";

    private const string Installed = "bench";

    /// <summary>The beginning of a command line that works.</summary>
    /// <param name="current">Where the user stands.</param>
    /// <param name="told">What <see cref="Variable"/> says; null for nothing.</param>
    /// <returns><c>bench</c>, or in a checkout in which nobody called it so what starts it there.</returns>
    public static string Of(string current, string? told)
    {
        if (!string.IsNullOrEmpty(told))
        {
            return told;
        }

        for (var folder = new DirectoryInfo(current); folder is not null; folder = folder.Parent)
        {
            var project = Path.Combine(folder.FullName, "src", "Bench.Cli");
            if (File.Exists(Path.Combine(project, "Bench.Cli.csproj")))
            {
                return $"dotnet run -c Release --project {Path.GetRelativePath(current, project).Replace('\\', '/')} --";
            }
        }

        return Installed;
    }

    /// <summary>What <c>bench run</c> tells: its own name where it is installed, nothing where it runs from a checkout.</summary>
    /// <param name="beside">Where this program lies.</param>
    public static string? Told(string beside) => Of(beside, null) == Installed ? Installed : null;
}
