using Bench.Analysis.Runs;
using Bench.CommandLine;

namespace Bench.Benchmarks.Host;

/// <summary>A run that was stopped and is to go on, with the options that it was started with.</summary>
/// <param name="Folder">Its folder.</param>
/// <param name="Options">What stood on the command line then.</param>
internal sealed record StoppedRun(RunFolder Folder, GivenOptions Options)
{
    private static readonly string[] AllowedBeside = ["--resume", "--verbose"];

    /// <summary>Finds the run that <c>--resume</c> names, and makes the folder current that it was started in.</summary>
    /// <param name="given">What stands on the command line now.</param>
    /// <param name="fault">Why it cannot go on; null if it can, or none is named.</param>
    /// <param name="code">The exit code of that.</param>
    /// <returns>The run; null if none is named, or it cannot go on.</returns>
    public static StoppedRun? Find(GivenOptions given, out string? fault, out int code)
    {
        (fault, code) = (null, ExitCodes.Success);
        if (given.Result.GetValue(given.Options.Resume) is not { } path)
        {
            return null;
        }

        if (given.Words.FirstOrDefault(token => token.StartsWith('-') && !AllowedBeside.Contains(token)) is { } other)
        {
            code = ExitCodes.WrongUsage;
            fault = $"--resume: found {other} beside it; expected nothing: a run goes on with the options it was started with.";
            return null;
        }

        var folder = new RunFolder(Path.GetFullPath(path));
        if (new WorkFolder(folder).Read() is not { } asked || !Directory.Exists(asked.Folder))
        {
            code = ExitCodes.Incomplete;
            fault = File.Exists(folder.ManifestPath)
                ? $"--resume: {path} is complete, or was copied without its folder .work; expected a run that was stopped on this machine."
                : $"--resume: found no run in {path}; expected the folder of a run (artifacts/runs/…).";
            return null;
        }

        Environment.CurrentDirectory = asked.Folder;
        return new StoppedRun(folder, GivenOptions.Parse(asked.Arguments));
    }
}
