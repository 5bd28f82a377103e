using Bench.Analysis.Fleets;

namespace Bench.Cli.Commands;

/// <summary>Writes the files of a plan, and none over another one's.</summary>
internal static class FleetTexts
{
    /// <summary>Writes them.</summary>
    /// <param name="output">The folder.</param>
    /// <param name="texts">The files.</param>
    /// <param name="isOurs">Whether a plan stands in the folder already, whose files are replaced.</param>
    /// <exception cref="ArgumentException">A file stands there that is not of a plan.</exception>
    /// <exception cref="IOException">One cannot be written.</exception>
    public static void Write(string output, IReadOnlyList<FleetText> texts, bool isOurs = false)
    {
        foreach (var path in texts.Where(text => !isOurs && IsAnother(output, text)).Select(text => Path.Combine(output, text.Name)))
        {
            throw new ArgumentException($"--output: {path} stands there already, and is not of a plan; choose another folder.");
        }

        foreach (var text in texts)
        {
            var path = Path.Combine(output, text.Name);
            File.WriteAllText(path, text.Content);
            if (text.IsProgram && !OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(path, File.GetUnixFileMode(path) | UnixFileMode.UserExecute | UnixFileMode.GroupExecute);
            }
        }
    }

    private static bool IsAnother(string output, FleetText text) =>
        Path.Combine(output, text.Name) is var path && File.Exists(path) && File.ReadAllText(path) != text.Content;
}
