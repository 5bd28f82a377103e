using System.ComponentModel;
using System.Diagnostics;
using System.Text.RegularExpressions;
using Bench.Benchmarks.Processes;

namespace Bench.Benchmarks.Engines.Fetching;

/// <summary>Runs the client of a package registry.</summary>
internal static partial class PackageClient
{
    // As the dotnet command says where there is only a runtime.
    private const string NoSdk = "No .NET SDKs were found";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <returns>What the client said against it; null if it succeeded.</returns>
    public static string? Run(string folder, string command, string[] arguments, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(command, arguments) { WorkingDirectory = folder };
        // Otherwise the compiler's helpers stay, and hold the pipes.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        try
        {
            var watch = new ProcessWatch { Patience = Patience, Limit = Patience, Cancellation = cancellation, Grace = TimeSpan.Zero };
            return MonitoredProcess.Run(start, watch) switch
            {
                { StoppedBecause: not null } when !cancellation.IsCancellationRequested =>
                    $"{command} did not end within {Patience.TotalMinutes:0} minutes.",
                { ExitCode: 0 } => null,
                _ when cancellation.IsCancellationRequested => "interrupted.",
                var ending when ending.Error.Concat(ending.Output)
                    .Any(line => line.Contains(NoSdk, StringComparison.Ordinal)) =>
                    "it takes the .NET SDK, which is not here; fetch it where there is one, and copy the folder runtimes.",
                var ending => FirstFault(string.Join('\n', ending.Error.Concat(ending.Output))
                    .Replace(folder + Path.DirectorySeparatorChar, string.Empty, StringComparison.Ordinal))
                    ?? $"{command} ended with exit code {ending.ExitCode}.",
            };
        }
        catch (Win32Exception e)
        {
            return $"{command} cannot be started ({e.Message}).";
        }
    }

    private static string? FirstFault(string text) => text.Split('\n', StringSplitOptions.TrimEntries)
        .FirstOrDefault(line => line.Contains("error", StringComparison.OrdinalIgnoreCase)
            && !line.Contains("code", StringComparison.Ordinal))
        ?.TrimEnd('.') is { } line
            // A registry's address can have a password in it.
            ? Address().Replace(line, "the registry") + "."
            : null;

    [GeneratedRegex(@"https?://\S+", RegexOptions.CultureInvariant)]
    private static partial Regex Address();
}
