using System.CommandLine;
using Bench.Benchmarks.Tuning;
using Bench.Inference.Knobs;

namespace Bench.Benchmarks.Host;

/// <summary>The options of a measurement, as the command line has them.</summary>
internal sealed class MeasureOptions
{
    /// <summary>The word for everything there is.</summary>
    public const string All = "all";

    public Option<string> Profile { get; } = new("--profile")
    {
        Description = $"How much is measured: {string.Join("; ", Configs.Profile.All.Select(p => $"{p.Name} ({p.Purpose})"))}.",
        DefaultValueFactory = _ => "default",
        HelpName = string.Join('|', Configs.Profile.All.Select(p => p.Name)),
    };

    public Option<string> Models { get; } = new("--models")
    {
        Description = "ONNX files, model cards (*.json), or names from models/, separated by commas.",
        DefaultValueFactory = _ => All,
        HelpName = "MODELS",
    };

    public Option<string[]> Shape { get; } = new("--shape")
    {
        Description = "The shape of an input whose file leaves lengths open, the batch of 1 included.",
        HelpName = "INPUT=1x3x224x224",
    };

    public Option<string[]> Input { get; } = new("--input")
    {
        Description = "Where the numbers of an input come from: normal, floats:LOW..HIGH, ints:LOW..HIGH or bools to draw them, "
            + "or a .npy or .npz file or a folder of images [default: the card's data, or drawn as suits the type].",
        HelpName = "INPUT=FROM",
    };

    public Option<string?> WriteCard { get; } = new("--write-card")
    {
        Description = "Write a model card for the one model that is named, with all that its file tells, and measure nothing: "
            + "a beginning to complete with labels, metric and margin.",
        HelpName = "FILE",
    };

    public Option<bool> KeepConverted { get; } = new("--keep-converted")
    {
        Description = "Keep an fp16 file that Bench makes of your fp32 one beside it, as NAME.fp16.onnx.",
    };

    public Option<string[]> Calibration { get; } = new("--calibration")
    {
        Description = "Images from which the ranges of an int8 file are read where Bench makes one: a .npy or .npz file or a folder, of "
            + "several inputs INPUT=FILE for each; or a calibration.json that was made before. None of them may be evaluated "
            + "[default: the card's, or drawn with another seed].",
        HelpName = "FILE",
    };

    public Option<string?> CalibrateBy { get; } = new("--calibrate-by")
    {
        Description = "What the ranges of an int8 file are made of: minmax, percentile or entropy [default: minmax].",
        HelpName = "METHOD",
    };

    public Option<string?> Int8Exclude { get; } = new("--int8-exclude")
    {
        Description = "Nodes that stay in fp32 in an int8 file that Bench makes, separated by commas; first and last are the first and the "
            + "last node with weights.",
        HelpName = "NODES",
    };

    public Option<string?> OutputJudged { get; } = new("--output-judged")
    {
        Description = "The output that is compared between cells [default: the card's, or the first].",
        HelpName = "OUTPUT",
    };

    public Option<string> Backends { get; } = new("--backends")
    {
        Description = "Backends, separated by commas; of those of ONNX Runtime also versions, as in ort-cpu@1.30.0,ort-cpu@1.31.0.",
        DefaultValueFactory = _ => All,
        HelpName = "BACKENDS",
    };

    public Option<string> Precisions { get; } = new("--precisions")
    {
        Description = "Some of fp32, tf32, bf16, fp16 and int8, separated by commas; all is fp32, fp16, and int8 where there is "
            + "such a file; named, Bench makes what is missing of the fp32 file. If nobody says: on a processor fp32, and what there "
            + "is a file for; on a device also tf32 and fp16.",
        DefaultValueFactory = _ => All,
        HelpName = "PRECISIONS",
    };

    public Option<string?> Batch { get; } = new("--batch")
    {
        Description = "Images in a request, each number a variant of every cell, such as 1,8,32 [default: 1; on a device 1,32].",
        HelpName = "N1,N2",
    };

    public Option<string?> Streams { get; } = new("--streams")
    {
        Description = "Requests in flight, each number a variant of every cell, such as 1,2,4; "
            + "auto for the divisors of the cores on a processor, and 1, 2, 4 on a device "
            + "[default: 1; where neither backends nor precisions nor settings are named, on ort-cpu also as many as "
            + "there are cores].",
        HelpName = "N1,N2|auto",
    };

    public Option<string?> Threads { get; } = new("--threads")
    {
        Description = "Threads of a stream, each number a variant of every cell; default is the engine's own choice, "
            + "divided among several streams.",
        HelpName = "N1,N2",
    };

    public Option<string?> Rate { get; } = new("--rate")
    {
        Description = "Also measure every cell while so many requests a second arrive at random moments, such as 20,50,100: "
            + "latency counts from when a request was due.",
        HelpName = "R1,R2",
    };

    public Option<bool> FindRate { get; } = new("--find-rate")
    {
        Description = "Look for the highest rate of every cell at which --limit is met, as long as --budget says for each.",
    };

    public Option<string?> Limit { get; } = new("--limit")
    {
        Description = "The longest latency that is not late, such as 20ms: it is said which cells are shown to meet it.",
        HelpName = "TIME",
    };

    public Option<string?> Quantile { get; } = new("--quantile")
    {
        Description = "Which share of requests --limit is for: p90, p99, or under an open load p99.9 "
            + "[default: p90; under an open load p99].",
        HelpName = "pN",
    };

    public Option<string[]> Set { get; } = new("--set")
    {
        Description = "A setting and its values, each a variant of every cell, such as threads=1,2 or layout=nchw,nhwc; "
            + "several --set are combined. "
            + $"There are {string.Join("; ", KnobCatalogue.All.Select(knob => $"{knob.Name} ({knob.Description}: {knob.Expected})"))}.",
        HelpName = "KNOB=V1,V2",
    };

    public Option<int?> Builds { get; } = new("--builds")
    {
        Description = "How many engines are built for a network where an engine builds one, as TensorRT does; launches use them in turn.",
        HelpName = "N",
    };

    public Option<string[]> Filter { get; } = new("--filter", "-f")
    {
        Description = "Only cells whose id, such as unet/ort-cpu/fp32/linux-x64, "
            + "or whose FullName in BenchmarkDotNet's exports matches one of these patterns.",
        HelpName = "GLOB",
        AllowMultipleArgumentsPerToken = true,
    };

    public Option<string[]> Exporters { get; } = new("--exporters", "-e")
    {
        Description = "More exports of BenchmarkDotNet than JSON and markdown, by its names for them, such as csv, html or rplot.",
        HelpName = "NAME",
        AllowMultipleArgumentsPerToken = true,
    };

    public Option<string?> Output { get; } = new("--output", "--artifacts", "-a")
    {
        Description = "The folder under which the run's folder is made [default: artifacts/runs].",
        HelpName = "DIR",
    };

    public Option<string?> Hardware { get; } =
        new("--hardware") { Description = "What this machine is: a key of the price catalogue (bench prices).", HelpName = "KEY" };

    public Option<string?> UsdPerHour { get; } =
        new("--usd-per-hour") { Description = "What an hour of this machine costs in USD.", HelpName = "X" };

    public Option<int?> Launches { get; } =
        new("--launches") { Description = "How many launches each cell has, if not as many as the profile says.", HelpName = "N" };

    public Option<string?> Until { get; } = new("--until")
    {
        Description = "Add launches, from 8 on, until the half-width of the 99 % interval of every mean is below this share of it, "
            + "such as 1%, or until --budget is over.",
        HelpName = "1%",
    };

    /// <summary>What a search is asked beside what any run is; null where no cheapest settings are sought.</summary>
    public TuneChoices? Tune { get; init; }

    public Option<string?> Budget { get; } = new("--budget")
    {
        Description = "How long --until may add launches, and how long a measurement of --rate, or the search of "
            + "--find-rate for one cell, may take, such as 90s, 10min or 2h "
            + "[default: 10min].",
        HelpName = "TIME",
    };

    public Option<string?> Resume { get; } = new("--resume")
    {
        Description = "Go on with a run that was stopped, in the same folder: measure what is missing. "
            + "Its options are those it was started with; machine, program, engines and files must be the same.",
        HelpName = "RUN",
    };

    public Option<ulong> Seed { get; } = new("--seed")
    {
        Description = "The seed of the order of images and of launches.",
        DefaultValueFactory = _ => 1910,
        HelpName = "N",
    };

    public Option<string?> OrtLibrary { get; } = new("--ort-library")
    {
        Description = "A library of ONNX Runtime that you built: "
            + "measured as ort-cpu@local, or as any other backend of ONNX Runtime with @local after its name.",
        HelpName = "FILE",
    };

    public Option<string[]> EpLibrary { get; } = new("--ep-library")
    {
        Description = "A library with an execution provider of ONNX Runtime, of any vendor: measured as ort-NAME. Repeatable; or a file "
            + $"with one a line; also {PluginLibraries.Variable}.",
        HelpName = "NAME=PATH",
    };

    public Option<bool> AllowFallback { get; } = new("--allow-fallback")
    {
        Description = "Keep cells in which convolutions or matrix products ran elsewhere than on the backend; the report says where.",
    };

    public Option<bool> AllowSoftwareDevice { get; } = new("--allow-software-device")
    {
        Description = "Measure on a program that stands in for a GPU, such as SwiftShader: for testing; its times say nothing.",
    };

    public Option<string?> SlowDown { get; } = new("--slow-down")
    {
        Description = "Make every inference take longer by a share, such as 10%, or those of one backend, as in ort-cpu=10%: "
            + "to see whether a gate catches it. "
            + "The run says so, is not priced and cannot become a reference.",
        HelpName = "10%",
    };

    public Option<bool> Verbose { get; } = new("--verbose") { Description = "Show all that BenchmarkDotNet says." };

    public void AddTo(Command command)
    {
        foreach (var option in new Option[]
                 {
                     Profile, Models, Shape, Input, OutputJudged, WriteCard, KeepConverted, Calibration, CalibrateBy,
                         Int8Exclude, Backends, Precisions, Batch, Streams, Threads,
                         Set, Rate, FindRate, Limit, Quantile, Filter,
                     Launches, Builds, Until, Budget, Resume, Output, Exporters,
                     Hardware, UsdPerHour, Seed,
                     OrtLibrary, EpLibrary, AllowFallback, AllowSoftwareDevice, SlowDown, Verbose,
                 })
        {
            command.Options.Add(option);
        }

        Tune?.AddTo(command);
    }
}
