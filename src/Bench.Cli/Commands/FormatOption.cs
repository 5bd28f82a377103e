using System.CommandLine;

namespace Bench.Cli.Commands;

/// <summary>How a text is written: for a console of 120 columns, or everything as markdown or JSON.</summary>
internal sealed class FormatOption
{
    private readonly TextFormat _default;
    private readonly Option<TextFormat?> _format;
    private readonly Option<bool> _json = new("--json") { Description = "The same as --format json." };

    /// <param name="standard">How it is written to the console if nobody says it; files are markdown.</param>
    public FormatOption(TextFormat standard = TextFormat.Console)
    {
        _default = standard;
        _format = TextOption.Create<TextFormat>(
            "--format", "console (120 columns), markdown (everything) or json. "
                + (standard == TextFormat.Console ? "[default: console; markdown for --output]" : "[default: markdown]"),
            "FORMAT", "console, markdown or json", Parse);
    }

    public void AddTo(Command command)
    {
        command.Options.Add(_format);
        command.Options.Add(_json);
    }

    /// <summary>What was asked for.</summary>
    /// <param name="result">The command line.</param>
    /// <param name="file">The file that the text goes into; null for the console.</param>
    /// <exception cref="ArgumentException">Two formats were asked for.</exception>
    public TextFormat Read(ParseResult result, string? file = null) => result.GetValue(_json)
        ? result.GetValue(_format) is null or TextFormat.Json ? TextFormat.Json
            : throw new ArgumentException("--json, --format: found both; expected one of them.")
        : result.GetValue(_format) ?? (file is null ? _default
            : file.EndsWith(".json", StringComparison.OrdinalIgnoreCase) ? TextFormat.Json : TextFormat.Markdown);

    private static TextFormat? Parse(string text) => Enum.GetValues<TextFormat>().Cast<TextFormat?>()
        .FirstOrDefault(format => string.Equals(format.ToString(), text, StringComparison.OrdinalIgnoreCase));
}

/// <summary>How a text is written.</summary>
internal enum TextFormat
{
    /// <summary>For a console.</summary>
    Console,

    /// <summary>Markdown, with everything.</summary>
    Markdown,

    /// <summary>JSON.</summary>
    Json,
}
