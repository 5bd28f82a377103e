namespace Bench.CommandLine;

/// <summary>Files on a command line are models: <c>mine.onnx --batch 8</c> and <c>--batch 8 mine.onnx</c> are
/// <c>--models mine.onnx --batch 8</c>.</summary>
public static class ModelArguments
{
    private const string Models = "--models";
    private static readonly string[] Endings = [".onnx", ".json"];

    /// <summary>Translates a command line.</summary>
    /// <param name="arguments">The arguments.</param>
    /// <param name="takesValue">Whether an option takes what stands behind it; null if only what stands first is looked at.</param>
    /// <returns>The same with the option.</returns>
    public static IReadOnlyList<string> Translated(IReadOnlyList<string> arguments, Predicate<string>? takesValue = null)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        var first = arguments.TakeWhile(argument => !argument.StartsWith('-')).Count();
        bool IsModel(string argument, int i) => i < first || (takesValue is not null && IsFile(argument)
            && !(arguments[i - 1].StartsWith('-') && takesValue(arguments[i - 1])));
        var files = arguments.Where(IsModel).ToList();
        if (files.Count == 0)
        {
            return arguments;
        }

        // Who names models and brings files means both.
        List<string> rest = [.. arguments.Where((argument, i) => !IsModel(argument, i))];
        if (rest.IndexOf(Models) is >= 0 and var at && at + 1 < rest.Count)
        {
            files.Insert(0, rest[at + 1]);
            rest.RemoveRange(at, 2);
        }

        return [Models, string.Join(',', files), .. rest];
    }

    private static bool IsFile(string argument) =>
        !argument.StartsWith('-') && Endings.Any(ending => argument.EndsWith(ending, StringComparison.OrdinalIgnoreCase));
}
