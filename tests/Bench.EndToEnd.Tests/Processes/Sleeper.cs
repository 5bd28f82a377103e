using System.Diagnostics;
using System.Globalization;

namespace Bench.EndToEnd.Tests.Processes;

/// <summary>A program that sleeps longer than any test takes, and leaves the number of its process in a file.</summary>
internal sealed class Sleeper : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string NumberPath => _folder.File("pid");

    /// <summary>The command that starts it; it becomes the process that sleeps.</summary>
    public string Command => $"sh -c 'echo $$ > {NumberPath}.new; mv {NumberPath}.new {NumberPath}; exec sleep 600'";

    /// <summary>A command that waits until it sleeps.</summary>
    public string Wait => $"while [ ! -e {NumberPath} ]; do sleep 0.01; done";

    /// <summary>Whether it sleeps.</summary>
    public bool IsAlive => Find() is { HasExited: false };

    /// <summary>Whether it does not: it was killed, or had no time to begin.</summary>
    public bool IsGone
    {
        get
        {
            // The kernel takes a moment to end what was killed.
            using var process = Find();
            return process is null || process.WaitForExit(TimeSpan.FromMinutes(1));
        }
    }

    public void Dispose()
    {
        using (var process = Find())
        {
            process?.Kill();
        }

        _folder.Dispose();
    }

    private Process? Find()
    {
        try
        {
            return File.Exists(NumberPath)
                ? Process.GetProcessById(int.Parse(File.ReadAllText(NumberPath), CultureInfo.InvariantCulture))
                : null;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
