namespace Bench.CommandLine;

/// <summary>The terminal that people read on.</summary>
public static class Terminal
{
    private const int Widest = 120;
    private const int Narrowest = 60;

    /// <summary>How many columns a line may take.</summary>
    /// <param name="output">Where it is written.</param>
    /// <returns>The terminal's, from 60 to 120; 120 where it is no terminal.</returns>
    public static int Width(TextWriter output) =>
        !ReferenceEquals(output, Console.Out) || Console.IsOutputRedirected ? Widest : Math.Clamp(Columns(), Narrowest, Widest);

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
