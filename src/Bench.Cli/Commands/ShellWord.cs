namespace Bench.Cli.Commands;

/// <summary>Writes a word of a command so that it can be copied into a shell.</summary>
internal static class ShellWord
{
    private const string Plain = "-_./:@+=,%~";

    /// <summary>The word, in quotes where it needs them.</summary>
    public static string Of(string word) =>
        word.Length > 0 && word.All(letter => char.IsAsciiLetterOrDigit(letter) || Plain.Contains(letter)) ? word
        : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
