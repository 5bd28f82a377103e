using System.CommandLine;
using Bench.Benchmarks.Configs;
using Bench.Inference.Knobs;

namespace Bench.Benchmarks.Host;

/// <summary>The options of a measurement, as the command line has them.</summary>
internal sealed class MeasureOptions
{
    private static readonly RawOptions Defaults = new();

    private readonly Option<string> _profile = new("--profile")
    {
        Description = $"How much is measured: {string.Join("; ", Profile.All.Select(p => $"{p.Name} ({p.Purpose})"))}.",
        DefaultValueFactory = _ => Defaults.Profile,
        HelpName = string.Join('|', Profile.All.Select(p => p.Name)),
    };

    private readonly Option<string> _models = new("--models")
    {
        Description = "Names from models/, or paths of model cards, separated by commas.",
        DefaultValueFactory = _ => Defaults.Models,
        HelpName = "MODELS",
    };

    private readonly Option<string> _backends = new("--backends")
    {
        Description = "Backends, separated by commas; of those of ONNX Runtime also versions, as in ort-cpu@1.30.0,ort-cpu@1.31.0.",
        DefaultValueFactory = _ => Defaults.Backends,
        HelpName = "BACKENDS",
    };

    private readonly Option<string> _precisions = new("--precisions")
    {
        Description = "all (fp32 and fp16), or some of fp32, tf32, bf16 and fp16, separated by commas.",
        DefaultValueFactory = _ => Defaults.Precisions,
        HelpName = "PRECISIONS",
    };

    private readonly Option<string[]> _set = new("--set")
    {
        Description = "A setting and its values, each a variant of every cell, such as threads=1,2 or layout=nchw,nhwc; "
            + "several --set are combined. "
            + $"There are {string.Join("; ", KnobCatalogue.All.Select(knob => $"{knob.Name} ({knob.Description}: {knob.Expected})"))}.",
        HelpName = "KNOB=V1,V2",
    };

    private readonly Option<int?> _builds = new("--builds")
    {
        Description = "How many engines are built for a network where an engine builds one, as TensorRT does; launches use them in turn.",
        HelpName = "N",
    };

    private readonly Option<string[]> _filter = new("--filter", "-f")
    {
        Description = "Only cells whose id, such as unet/ort-cpu/fp32/linux-x64, "
            + "or whose FullName in BenchmarkDotNet's exports matches one of these patterns.",
        HelpName = "GLOB",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<string[]> _exporters = new("--exporters", "-e")
    {
        Description = "More exports of BenchmarkDotNet than JSON and markdown, by its names for them, such as csv, html or rplot.",
        HelpName = "NAME",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<string?> _output = new("--output", "--artifacts", "-a")
    {
        Description = "The folder under which the run's folder is made [default: artifacts/runs].",
        HelpName = "DIR",
    };

    private readonly Option<string?> _hardware =
        new("--hardware") { Description = "What this machine is: a key of the price catalogue (bench prices).", HelpName = "KEY" };

    private readonly Option<string?> _usdPerHour =
        new("--usd-per-hour") { Description = "What an hour of this machine costs in USD.", HelpName = "X" };

    private readonly Option<int?> _launches =
        new("--launches") { Description = "How many launches each cell has, if not as many as the profile says.", HelpName = "N" };

    private readonly Option<string?> _until = new("--until")
    {
        Description = "Add launches, from 8 on, until the half-width of the 99 % interval of every mean is below this share of it, "
            + "such as 1%, or until --budget is over.",
        HelpName = "1%",
    };

    private readonly Option<string?> _budget = new("--budget")
    {
        Description = "How long --until may add launches, such as 90s, 10min or 2h [default: 10min].",
        HelpName = "TIME",
    };

    private readonly Option<string?> _resume = new("--resume")
    {
        Description = "Go on with a run that was stopped, in the same folder: measure what is missing. "
            + "Its options are those it was started with; machine, program, engines and files must be the same.",
        HelpName = "RUN",
    };

    private readonly Option<ulong> _seed = new("--seed")
    {
        Description = "The seed of the order of images and of launches.",
        DefaultValueFactory = _ => Defaults.Seed,
        HelpName = "N",
    };

    private readonly Option<string?> _ortLibrary = new("--ort-library")
    {
        Description = "A library of ONNX Runtime that you built: "
            + "measured as ort-cpu@local, or as any other backend of ONNX Runtime with @local after its name.",
        HelpName = "FILE",
    };

    private readonly Option<bool> _allowFallback = new("--allow-fallback")
    {
        Description = "Keep cells in which convolutions or matrix products ran elsewhere than on the backend; the report says where.",
    };

    private readonly Option<bool> _allowSoftwareDevice = new("--allow-software-device")
    {
        Description = "Measure on a program that stands in for a GPU, such as SwiftShader: for testing; its times say nothing.",
    };

    private readonly Option<string?> _slowDown = new("--slow-down")
    {
        Description = "Make every inference take longer by a share, such as 10%, or those of one backend, as in ort-cpu=10%: "
            + "to see whether a gate catches it. "
            + "The run says so, is not priced and cannot become a reference.",
        HelpName = "10%",
    };

    private readonly Option<bool> _verbose = new("--verbose") { Description = "Show all that BenchmarkDotNet says." };

    public void AddTo(Command command)
    {
        foreach (var option in new Option[]
                 {
                     _profile, _models, _backends, _precisions, _set, _filter,
                     _launches, _builds, _until, _budget, _resume, _output, _exporters,
                     _hardware, _usdPerHour, _seed,
                     _ortLibrary, _allowFallback, _allowSoftwareDevice, _slowDown, _verbose,
                 })
        {
            command.Options.Add(option);
        }
    }

    public RawOptions Read(ParseResult result) => new()
    {
        Profile = result.GetRequiredValue(_profile),
        Models = result.GetRequiredValue(_models),
        Backends = result.GetRequiredValue(_backends),
        Precisions = result.GetRequiredValue(_precisions),
        Filters = result.GetValue(_filter) ?? [],
        Exporters = result.GetValue(_exporters) ?? [],
        Output = result.GetValue(_output),
        Hardware = result.GetValue(_hardware),
        UsdPerHour = result.GetValue(_usdPerHour),
        Seed = result.GetRequiredValue(_seed),
        OrtLibrary = result.GetValue(_ortLibrary),
        AllowFallback = result.GetValue(_allowFallback),
        AllowSoftwareDevice = result.GetValue(_allowSoftwareDevice),
        SlowDown = result.GetValue(_slowDown),
        Set = result.GetValue(_set) ?? [],
        Builds = result.GetValue(_builds),
        Launches = result.GetValue(_launches),
        Until = result.GetValue(_until),
        Budget = result.GetValue(_budget),
        Resume = result.GetValue(_resume),
        Verbose = result.GetValue(_verbose),
        CommandLine = [.. result.Tokens.Select(token => token.Value)],
    };
}
