using Bench.CommandLine;

namespace Bench.Cli;

/// <summary>What help begins with.</summary>
internal static class VerbExamples
{
    private static readonly Dictionary<string, IReadOnlyList<Example>> Verbs = new()
    {
        ["run"] =
        [
            new("bench run mine.onnx --usd-per-hour 0.30 --limit 20ms", "your own network, priced, with a time limit"),
            new("bench run --profile smoke", "the built-in models, in half a minute"),
            new("bench run mine.onnx --batch 1,8 --streams 1,2", "requests of several images, and several at a time"),
        ],
        ["tune"] =
        [
            new("bench tune mine.onnx --usd-per-hour 0.30", "the cheapest settings for your own network, as code to paste"),
            new("bench tune --models unet --limit 20ms --quantile p99", "those that answer 99 % of requests in 20 ms"),
        ],
        ["doctor"] = [new("bench doctor", "which engines work here, and why the others do not")],
        ["report"] =
        [
            new("bench report artifacts/runs/*", "one report from several runs or machines, as markdown"),
            new("bench report RUN --html report.html", "one page that works offline"),
        ],
        ["compare"] =
        [
            new("bench compare BASE CURRENT", "two runs, or two folders of BenchmarkDotNet's exports"),
            new("bench compare RUN --base-cell '*/ort-cpu@1.30.0/*' --current-cell '*/ort-cpu@1.31.0/*'",
                "two versions of an engine in one run"),
        ],
        ["gate"] =
        [
            new("bench gate out/base-2 out/head --noise noise.json", "any BenchmarkDotNet project; bench noise makes the file"),
            new("bench gate BASE CURRENT --control '*/ort-cpu@1.30.0/*'", "runs of Bench, with an engine pinned to a version"),
            new("bench gate BASE CURRENT --noise noise.json --accept", "and if it passes, it is the new BASE"),
        ],
        ["noise"] = [new("bench noise RUN1 RUN2 RUN3 --output noise.json", "how runs of the same code differ here, for gate --noise")],
        ["equivalence"] =
        [
            new("bench equivalence reference.npy candidate.npy", "are the outputs the same?"),
            new("bench equivalence a.npy b.npy --statistic dice --values logits", "masks of a segmentation"),
        ],
        ["prices"] =
        [
            new("bench prices h100", "what an hour costs, by provider"),
            new("bench prices --check --prices mine.csv", "is a file of your own prices right?"),
        ],
        ["decide"] =
        [
            new("bench decide artifacts/runs/* --limit 20ms --quantile p99", "the cheapest choice that answers 99 % of requests in 20 ms"),
            new("bench decide artifacts/runs/* --images-per-month 2000000 --limit 20ms", "a month: machines, and the bill"),
            new("bench decide artifacts/runs/* --images-per-second 30", "the cheapest machine for a steady stream of images"),
            new("bench decide artifacts/runs/* --latest --html report.html", "one page, with the limit as a slider"),
        ],
        ["paper"] = [new("bench paper", "the study of 2019, recomputed from its own tables")],
        ["trim"] = [new("bench trim artifacts/reference/*", "small enough to be committed, with the same report")],
        ["fleet"] =
        [
            new("bench fleet plan matrix.json --engine slurm --program PUBLISHED --output FLEET", "jobs for many machines"),
            new("bench fleet status FLEET", "how far they are"),
            new("bench fleet collect FLEET --output RUNS", "what counts of it, as runs for report and decide, and one report"),
        ],
    };

    public static IReadOnlyList<Example> OfProgram { get; } =
    [
        new(
            "bench run mine.onnx --usd-per-hour 0.30 --limit 20ms",
            "measure a network on this machine: ms, dollars, and are its outputs right"),
        new("bench tune mine.onnx --usd-per-hour 0.30", "the cheapest settings for it, confirmed, as code to paste"),
        new("bench gate BASE CURRENT", "may this pull request pass? (any BenchmarkDotNet project)"),
        new("bench decide RUN… --limit 20ms --images-per-month 2000000", "what to buy"),
        new("bench doctor", "which engines work here, and why the others do not"),
    ];

    public static IReadOnlyList<Example> Of(string verb) => Verbs[verb];
}
