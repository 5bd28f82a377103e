using System.Diagnostics;

namespace Bench.EndToEnd.Tests.Fleets;

/// <summary>A whole cluster on this machine: munged, slurmctld and two slurmd, as Debian's slurm-wlm has them.</summary>
internal sealed class SlurmCluster : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TemporaryFolder _folder = new();
    private readonly List<Process> _daemons = [];
    private readonly string _program;

    private SlurmCluster(string program) => _program = program;

    /// <summary>Why there can be no cluster here; null if there can.</summary>
    public static string? WhyNot => !OperatingSystem.IsLinux() ? "Slurm runs on Linux"
        : Environment.UserName != "root" ? "the daemons of Slurm run as root"
        : new[] { "slurmctld", "slurmd", "munged", "sbatch" }.FirstOrDefault(program => Find(program) is null) is { } missing
            ? $"there is no {missing}: apt-get install slurm-wlm munge"
        : null;

    /// <summary>Starts it, and waits until both nodes are idle.</summary>
    /// <param name="program">The published folder, which jobs find as BENCH_PROGRAM.</param>
    public static SlurmCluster Start(string program)
    {
        var cluster = new SlurmCluster(program);
        try
        {
            cluster.StartDaemons();
            cluster.WaitFor(() => cluster.Run("sinfo", "--noheader", "--format=%D %t").Contains("2 idle", StringComparison.Ordinal),
                "two idle nodes", Patience);
            return cluster;
        }
        catch (Exception)
        {
            cluster.Dispose();
            throw;
        }
    }

    /// <summary>Runs one of Slurm's programs to its end.</summary>
    /// <returns>What it wrote.</returns>
    public string Run(string program, params string[] arguments) => RunIn(_folder.Path, program, arguments);

    /// <summary>The same in a folder.</summary>
    public string RunIn(string folder, string program, params string[] arguments)
    {
        using var process = Process.Start(Command(program, arguments, folder))!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return output.Result + error;
    }

    /// <summary>Waits until no job is left.</summary>
    /// <param name="patience">How long.</param>
    public void WaitForSilence(TimeSpan patience) => WaitFor(() => Run("squeue", "--noheader").Trim().Length == 0, "empty queue", patience);

    public void Dispose()
    {
        foreach (var daemon in Enumerable.Reverse(_daemons))
        {
            if (!daemon.HasExited)
            {
                daemon.Kill(entireProcessTree: true);
                daemon.WaitForExit();
            }

            daemon.Dispose();
        }

        _folder.Dispose();
    }

    private void StartDaemons()
    {
        foreach (var name in new[] { "state", "spool-n1", "spool-n2" })
        {
            Directory.CreateDirectory(_folder.File(name));
        }

        var munge = Directory.CreateDirectory(_folder.File("munge")).FullName;
        File.WriteAllBytes(Path.Combine(munge, "key"), [.. Enumerable.Range(0, 1024).Select(i => (byte)(i * 31))]);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(Path.Combine(munge, "key"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        _folder.Write("slurm.conf", $"""
            ClusterName=bench
            SlurmctldHost=localhost
            SlurmUser=root
            SlurmdUser=root
            AuthType=auth/munge
            AuthInfo=socket={munge}/socket
            CredType=cred/munge
            ProctrackType=proctrack/pgid
            TaskPlugin=task/none
            SelectType=select/linear
            JobAcctGatherType=jobacct_gather/none
            AccountingStorageType=accounting_storage/none
            MpiDefault=none
            SwitchType=switch/none
            ReturnToService=2
            SlurmctldPidFile={_folder.File("slurmctld.pid")}
            SlurmdPidFile={_folder.File("slurmd-%n.pid")}
            SlurmctldPort=16817
            StateSaveLocation={_folder.File("state")}
            SlurmdSpoolDir={_folder.File("spool-%n")}
            SlurmctldLogFile={_folder.File("slurmctld.log")}
            SlurmdLogFile={_folder.File("slurmd-%n.log")}
            NodeName=n1 NodeHostname=localhost Port=17001 CPUs=1 RealMemory=1000 Features=here State=UNKNOWN
            NodeName=n2 NodeHostname=localhost Port=17002 CPUs=1 RealMemory=1000 Features=here State=UNKNOWN
            PartitionName=all Nodes=n1,n2 Default=YES MaxTime=INFINITE State=UP OverSubscribe=NO

            """.ReplaceLineEndings("\n"));
        StartDaemon("munged", "--foreground", "--force", $"--key-file={munge}/key", $"--socket={munge}/socket", $"--pid-file={munge}/pid",
            $"--log-file={munge}/log", $"--seed-file={munge}/seed");
        WaitFor(() => File.Exists(Path.Combine(munge, "socket")), "socket of munged", Patience);
        StartDaemon("slurmctld", "-D", "-c");
        StartDaemon("slurmd", "-D", "-N", "n1");
        StartDaemon("slurmd", "-D", "-N", "n2");
    }

    private void StartDaemon(string program, params string[] arguments)
    {
        var process = Process.Start(Command(Find(program)!, arguments, _folder.Path))!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        _daemons.Add(process);
    }

    private ProcessStartInfo Command(string program, string[] arguments, string folder)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["SLURM_CONF"] = _folder.File("slurm.conf");
        start.Environment["BENCH_PROGRAM"] = _program;
        return start;
    }

    private void WaitFor(Func<bool> happens, string what, TimeSpan patience)
    {
        for (var since = Stopwatch.StartNew(); !happens(); Thread.Sleep(250))
        {
            if (since.Elapsed > patience)
            {
                var logs = Directory.GetFiles(_folder.Path, "*.log").Select(log => $"{log}:\n{File.ReadAllText(log)}");
                throw new TimeoutException($"Found no {what} in time.\n{string.Join('\n', logs)}");
            }
        }
    }

    // Daemons lie where only root looks.
    private static string? Find(string program) => new[] { "/usr/sbin", "/usr/bin", "/usr/local/sbin", "/usr/local/bin" }
        .Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
}
