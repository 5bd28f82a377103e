using Bench.Cli;

namespace Bench.EndToEnd.Tests.Cli;

/// <summary><c>bench</c>, called in this process.</summary>
internal static class BenchProgram
{
    private static readonly string[] OnAConsole = ["decide", "compare", "gate"];
    private static readonly string[] Formats = ["--format", "--json", "--help"];

    /// <summary>Calls it; what is written for a console if nothing is said is written as markdown, with everything.</summary>
    public static (int Code, string Output, string Error) Run(params string[] arguments) =>
        arguments.Length > 0 && OnAConsole.Contains(arguments[0]) && !arguments.Intersect(Formats).Any()
            ? Console([.. arguments, "--format", "markdown"])
            : Console(arguments);

    /// <summary>Calls it with these arguments alone.</summary>
    public static (int Code, string Output, string Error) Console(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        return (BenchCommand.Run(arguments, output, error), output.ToString(), error.ToString());
    }
}
