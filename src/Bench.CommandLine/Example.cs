using System.CommandLine;
using System.Runtime.CompilerServices;

namespace Bench.CommandLine;

/// <summary>A command line that a reader can copy, and what it does.</summary>
/// <param name="Command">The command line.</param>
/// <param name="Purpose">What it does, in a few words.</param>
public sealed record Example(string Command, string Purpose);

/// <summary>The examples of commands, for their help.</summary>
public static class Examples
{
    private static readonly ConditionalWeakTable<Command, IReadOnlyList<Example>> Known = [];

    /// <summary>Gives a command examples; they stand at the beginning of its help.</summary>
    /// <param name="command">The command.</param>
    /// <param name="examples">Its examples.</param>
    /// <typeparam name="T">The command's type.</typeparam>
    /// <returns>The command.</returns>
    public static T WithExamples<T>(this T command, params IReadOnlyList<Example> examples)
        where T : Command
    {
        Known.AddOrUpdate(command, examples);
        return command;
    }

    /// <summary>The examples of a command.</summary>
    /// <param name="command">The command.</param>
    /// <returns>Its examples; none if it has none.</returns>
    public static IReadOnlyList<Example> Of(Command command) => Known.TryGetValue(command, out var examples) ? examples : [];
}
