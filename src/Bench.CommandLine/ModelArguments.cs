namespace Bench.CommandLine;

/// <summary>Files that stand first on a command line are models: <c>mine.onnx --batch 8</c> is
/// <c>--models mine.onnx --batch 8</c>.</summary>
public static class ModelArguments
{
    /// <summary>Translates a command line.</summary>
    /// <param name="arguments">The arguments.</param>
    /// <returns>The same with the option.</returns>
    public static IReadOnlyList<string> Translated(IReadOnlyList<string> arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        var files = arguments.TakeWhile(argument => !argument.StartsWith('-')).ToList();
        return files.Count == 0 ? arguments : ["--models", string.Join(',', files), .. arguments.Skip(files.Count)];
    }
}
