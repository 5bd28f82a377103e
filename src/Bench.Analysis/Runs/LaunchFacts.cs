using System.Text.Json.Serialization;

namespace Bench.Analysis.Runs;

/// <summary>What one launch (one process) saw beside its timings.</summary>
public sealed record LaunchFacts
{
    /// <summary>The round, from 1.</summary>
    public required int Round { get; init; }

    /// <summary>The node that it ran on, where several machines of a kind have measured the model; null where one has.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Node { get; init; }

    /// <summary>Time to load the network into the engine, graph optimisation included, in ms;
    /// the engine's library is loaded before.</summary>
    public required double LoadMs { get; init; }

    /// <summary>Time that the engine took to build what it keeps for this network, now or in an earlier run, in ms;
    /// null if it builds nothing. Not part of <see cref="LoadMs"/>.</summary>
    public double? EngineBuildMs { get; init; }

    /// <summary>Time to find and load the engine's own library, and what it depends on, in ms; null in runs of version 1, which did not
    /// take it.</summary>
    public double? LibraryLoadMs { get; init; }

    /// <summary>Time of the very first inference in ms.</summary>
    public required double FirstInferenceMs { get; init; }

    /// <summary>How many requests were timed; 0 in runs of version 1, whose cells say it for all launches together.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Requests { get; init; }

    /// <summary>What the warm-up took; null in runs of version 1.</summary>
    public WarmupFacts? Warmup { get; init; }

    /// <summary>Garbage collections during the timed iterations.</summary>
    public required int GcCollections { get; init; }

    /// <summary>Bytes allocated per timed inference on the measuring thread.</summary>
    public required double AllocatedBytesPerInference { get; init; }

    /// <summary>Share of the timed period that the hypervisor gave to others, in [0, 1]; null where it cannot be told.</summary>
    public double? StealShare { get; init; }

    /// <summary>Share of the machine's time that other processes used in the timed period, in [0, 1];
    /// null where it cannot be told.</summary>
    public double? OtherLoadShare { get; init; }

    /// <summary>What each window of several streams had; null where one stream was measured.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<WindowFacts>? Windows { get; init; }

    /// <summary>What an open load saw; null of a closed one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public OpenFacts? Open { get; init; }

    /// <summary>The mean time between an answer and the next request of a stream, in ms; null where one stream was measured.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? GapMs { get; init; }

    /// <summary>Under which conditions it was timed; null in runs that did not record them.</summary>
    public LaunchConditions? Conditions { get; init; }
}

/// <summary>What a launch did before anything was timed.</summary>
/// <param name="Requests">How many requests, the first inference not among them.</param>
/// <param name="Seconds">How long they took.</param>
/// <param name="IsStable">Whether the medians of its last two blocks agreed within 1 %.</param>
public sealed record WarmupFacts(int Requests, double Seconds, bool IsStable);
