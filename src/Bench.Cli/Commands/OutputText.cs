namespace Bench.Cli.Commands;

/// <summary>Where a command's text goes.</summary>
internal static class OutputText
{
    /// <param name="text">The text.</param>
    /// <param name="path">The file of <c>--output</c>; null for the console.</param>
    /// <param name="console">The console.</param>
    public static void Write(string text, string? path, TextWriter console)
    {
        if (path is null)
        {
            console.Write(text);
        }
        else if (path.Length == 0)
        {
            throw new ArgumentException("--output: found ''; expected a file.");
        }
        else
        {
            File.WriteAllText(path, text);
        }
    }
}
