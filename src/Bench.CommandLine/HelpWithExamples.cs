using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Bench.CommandLine;

/// <summary>Help that begins with examples, since most readers want one to copy.</summary>
public sealed class HelpWithExamples : SynchronousCommandLineAction
{
    private const int Width = 110;

    private readonly HelpAction _help;

    private HelpWithExamples(HelpAction help) => _help = help;

    /// <summary>Makes the help of a program, and of all its commands, begin with their examples.</summary>
    /// <param name="root">The program.</param>
    public static void AddTo(RootCommand root)
    {
        ArgumentNullException.ThrowIfNull(root);
        var option = root.Options.OfType<HelpOption>().Single();
        option.Action = new HelpWithExamples(new HelpAction { MaxWidth = Width });
    }

    /// <inheritdoc />
    public override int Invoke(ParseResult parseResult)
    {
        ArgumentNullException.ThrowIfNull(parseResult);
        var output = parseResult.InvocationConfiguration.Output;
        var examples = Examples.Of(parseResult.CommandResult.Command);
        if (examples.Count > 0)
        {
            output.WriteLine("Examples:");
            var width = examples.Max(example => example.Command.Length);
            foreach (var example in examples)
            {
                // A purpose that does not fit beside its command stands below it.
                output.WriteLine(4 + width + example.Purpose.Length <= Width
                    ? $"  {example.Command.PadRight(width)}  {example.Purpose}"
                    : $"  {example.Command}{output.NewLine}      {example.Purpose}");
            }

            output.WriteLine();
        }

        return _help.Invoke(parseResult);
    }
}
