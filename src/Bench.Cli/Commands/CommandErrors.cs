using System.Text;
using Bench.Analysis.Input;
using Bench.Analysis.Rendering;
using Bench.CommandLine;
using Bench.Pictures.Rendering;

namespace Bench.Cli.Commands;

/// <summary>Turns what can go wrong into one message and an exit code.</summary>
internal static class CommandErrors
{
    public static int Report(TextWriter error, Func<int> action)
    {
        try
        {
            return action();
        }
        catch (ArgumentException e) when (e.GetType() == typeof(ArgumentException) && e.ParamName is null)
        {
            // Only what the user said on the command line: checks of options name no parameter. What is wrong in a file is a
            // RunFormatException, and an argument of ours that is out of range is a fault of ours.
            Write(error, e.Message);
            return ExitCodes.WrongUsage;
        }
        catch (Exception e) when (e is RunFormatException or IOException or UnauthorizedAccessException or PicturesUnavailableException)
        {
            Write(error, e.Message);
            return ExitCodes.Incomplete;
        }
    }

    /// <summary>One line, wherever it has room: a file may have line feeds in what a message quotes.</summary>
    private static void Write(TextWriter error, string message)
    {
        var lines = new StringBuilder();
        ConsoleText.WriteTo(lines, string.Empty, message.ReplaceLineEndings(" "), 0, Terminal.WidthForLines(error));
        error.Write(lines.ToString());
    }
}
