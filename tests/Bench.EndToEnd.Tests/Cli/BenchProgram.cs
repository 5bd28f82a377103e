using Bench.Cli;

namespace Bench.EndToEnd.Tests.Cli;

/// <summary><c>bench</c>, called in this process.</summary>
internal static class BenchProgram
{
    public static (int Code, string Output, string Error) Run(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        return (BenchCommand.Run(arguments, output, error), output.ToString(), error.ToString());
    }
}
