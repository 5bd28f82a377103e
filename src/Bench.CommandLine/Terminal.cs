namespace Bench.CommandLine;

/// <summary>The terminal that people read on.</summary>
public static class Terminal
{
    private const int Widest = 120;
    private const int Narrowest = 60;

    /// <summary>How many columns a line may take.</summary>
    /// <param name="output">Where it is written.</param>
    /// <returns>The terminal's, from 60 to 120; 120 where it is no terminal.</returns>
    public static int Width(TextWriter output) => IsTerminal(output) ? Math.Clamp(Columns(), Narrowest, Widest) : Widest;

    /// <summary>How many columns a line may take of what other programs search line by line.</summary>
    /// <param name="output">Where it is written.</param>
    /// <returns>The terminal's; any number where it is no terminal.</returns>
    public static int WidthForLines(TextWriter output) => IsTerminal(output) ? Width(output) : int.MaxValue;

    private static bool IsTerminal(TextWriter output) =>
        (ReferenceEquals(output, Console.Out) && !Console.IsOutputRedirected)
        || (ReferenceEquals(output, Console.Error) && !Console.IsErrorRedirected);

    private static int Columns()
    {
        try
        {
            return Console.WindowWidth is > 0 and var columns ? columns : Widest;
        }
        catch (IOException)
        {
            // Some terminals do not say.
            return Widest;
        }
    }
}
