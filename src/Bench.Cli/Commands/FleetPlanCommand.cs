using System.CommandLine;
using System.ComponentModel;
using Bench.Analysis.Fleets;
using Bench.Analysis.Input;
using Bench.Analysis.Rendering;
using Bench.Cli.Measuring;
using Bench.CommandLine;

namespace Bench.Cli.Commands;

/// <summary><c>bench fleet plan matrix.json</c>: what is to be done on which machine, and the jobs that do it.</summary>
internal static class FleetPlanCommand
{
    private const string Slurm = "slurm";
    private const string Kubernetes = "kubernetes";
    private const string Shell = "shell";
    private const int DigitsShown = 12;

    // Slurm's default is 1001, and the largest number is one less.
    private const int UsualArray = 1001;

    public static Command Create()
    {
        var matrix = new Argument<string>("MATRIX") { Description = "What is to be measured on which kinds of machines: a file." };
        var engine = new Option<string>("--engine")
        {
            Description = "What runs the jobs: slurm, kubernetes, or a shell.",
            Required = true,
            HelpName = "slurm|kubernetes|shell",
        };
        engine.AcceptOnlyFromAmong(Slurm, Kubernetes, Shell);
        var program = new Option<string?>("--program")
        {
            Description = "The published folder of the program that measures; all workers must run the same. Without it the one that this "
                + "program lies in.",
            HelpName = "DIR",
        };
        var output = new Option<string>("--output")
        {
            Description = "The folder for the manifest and the jobs; with Slurm and a shell one that all machines see.",
            Required = true,
            HelpName = "DIR",
        };
        var command = new Command("plan", "Writes what is to be done, and the jobs that do it.") { matrix, engine, program, output };
        command.SetAction(result => CommandErrors.Report(result.InvocationConfiguration.Error, () => Plan(
            result.GetRequiredValue(matrix), result.GetRequiredValue(engine), result.GetValue(program) ?? AppContext.BaseDirectory,
            result.GetRequiredValue(output), result.InvocationConfiguration.Output)));
        return command;
    }

    private static int Plan(string path, string engine, string folder, string output, TextWriter console)
    {
        if (output.Length == 0)
        {
            throw new ArgumentException("--output: found ''; expected a folder.");
        }

        var matrix = FleetMatrixFile.Read(path);
        if (engine == Kubernetes && KubernetesJobs.Faults(matrix).ToList() is { Count: > 0 } faults)
        {
            // Without it there is no image yet whose digest the matrix could name.
            Directory.CreateDirectory(output);
            FleetTexts.Write(output, [ContainerFile.Write()]);
            throw new RunFormatException(path, $"{string.Join(" ", faults)} {Path.Combine(output, ContainerFile.Write().Name)} says how an "
                + "image is made.");
        }

        if (MeasuringProgram.In(folder) is not { } program)
        {
            throw new ArgumentException($"--program: found no Bench.Benchmarks in {folder}; expected a published folder, which "
                + "dotnet publish benchmarks -r linux-x64 -c Release makes.");
        }

        if (IsWithin(output, folder))
        {
            throw new ArgumentException($"--output: {output} lies in the program's folder {folder}, whose digest it would change; choose "
                + "another one.");
        }

        var manifest = FleetPlan.Of(matrix, new FleetProgram(FolderDigest.OfProgram(folder), matrix.Kubernetes?.Image));
        var before = Path.Combine(output, FleetManifest.FileName);
        if (File.Exists(before) && FleetManifest.Read(before).Name != manifest.Name)
        {
            throw new ArgumentException($"--output: {output} holds another plan; what was measured by it would not belong to this one. "
                + "Choose another folder.");
        }

        if (Check(program, manifest, console) is var code and not ExitCodes.Success)
        {
            return code;
        }

        var texts = engine switch
        {
            Slurm => SlurmJobs.Write(manifest),
            Kubernetes => KubernetesJobs.Write(manifest, matrix.Kubernetes!),
            _ => ShellLoop.Write(manifest),
        };
        Directory.CreateDirectory(output);
        FleetTexts.Write(output, [ContainerFile.Write(), .. texts], isOurs: File.Exists(before));
        manifest.Write(output);
        var (work, kinds) = (manifest.Units.Count, manifest.Machines.Count);
        var page = new ConsolePage(Terminal.Width(console));
        page.Write("Fleet", FormattableString.Invariant($"{manifest.Name}: {work} {(work == 1 ? "piece" : "pieces")} of work for ")
            + FormattableString.Invariant($"{kinds} {(kinds == 1 ? "kind" : "kinds")} of machine, in {output}."));
        page.Write("Program", $"its digest begins with {manifest.Program.Digest[..DigitsShown]}; results of another one do not count.");
        console.Write(page.ToString());
        // Commands stand in one line, to be copied.
        console.WriteLine($"Next        {Next(engine, texts, folder, output)}");
        var folders = ShellWord.Of(output) + (engine == Kubernetes ? " RESULTS" : string.Empty);
        console.WriteLine($"Then        bench fleet status {folders}");
        console.WriteLine($"            bench fleet collect {folders} --output RUNS");
        if (engine == Kubernetes)
        {
            var results = KubernetesJobs.ResultsFolder(manifest);
            console.WriteLine($"            RESULTS is the folder {results} of the claim {matrix.Kubernetes!.Claim}, or a copy.");
        }

        if (engine == Slurm && manifest.Machines.Any(machine => manifest.Of(machine.Name).Count > UsualArray))
        {
            console.WriteLine($"Take care   many clusters take no array of more than {UsualArray} tasks (MaxArraySize): divide the matrix "
                + "there.");
        }

        return ExitCodes.Success;
    }

    /// <summary>The program itself knows which backends, precisions and knobs there are.</summary>
    private static int Check(MeasuringProgram program, FleetManifest manifest, TextWriter console)
    {
        var folder = Directory.CreateTempSubdirectory("bench-fleet-");
        try
        {
            manifest.Write(folder.FullName);
            return program.Run(["fleet-check", "--manifest", Path.Combine(folder.FullName, FleetManifest.FileName)]);
        }
        catch (Win32Exception e)
        {
            // A plan for Linux may be made on another system.
            console.WriteLine($"Take care   the program does not run here ({e.Message}), so that nobody checked whether it understands the "
                + "plan.");
            return ExitCodes.Success;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static bool IsWithin(string inner, string outer) =>
        (Path.GetFullPath(inner) + Path.DirectorySeparatorChar).StartsWith(
            Path.TrimEndingDirectorySeparator(Path.GetFullPath(outer)) + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private static string Next(string engine, IReadOnlyList<FleetText> texts, string folder, string output) => engine switch
    {
        Slurm => $"cd {ShellWord.Of(output)} && " + string.Join(
            " && ", texts.Select(text => $"BENCH_PROGRAM={ShellWord.Of(Path.GetFullPath(folder))} sbatch {text.Name}")),
        // Without the server's side a large manifest would not fit into what kubectl notes on it.
        Kubernetes => "kubectl apply --server-side "
            + string.Join(' ', texts.Select(text => $"-f {ShellWord.Of(Path.Combine(output, text.Name))}")),
        _ => "on each machine of a kind: "
            + string.Join(" or ", texts.Select(text => $"{ShellWord.Of(Path.Combine(output, text.Name))} {ShellWord.Of(folder)}")),
    };
}
