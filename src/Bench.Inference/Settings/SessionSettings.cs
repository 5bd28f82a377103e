using Bench.Models.Signatures;

namespace Bench.Inference.Settings;

/// <summary>How a session of ONNX Runtime is set up, as a program of one's own would set it up: what code is written from.</summary>
public sealed record SessionSettings
{
    /// <summary>The network's file.</summary>
    public required string ModelPath { get; init; }

    /// <summary>What goes in, with as many images as a request has.</summary>
    public required IReadOnlyList<TensorSpec> Inputs { get; init; }

    /// <summary>What comes out.</summary>
    public required IReadOnlyList<TensorSpec> Outputs { get; init; }

    /// <summary>Images in a request.</summary>
    public required int Batch { get; init; }

    /// <summary>Requests in flight.</summary>
    public required int Streams { get; init; }

    /// <summary>Whether all streams share a session; else each has one of its own.</summary>
    public required bool SharesSession { get; init; }

    /// <summary>Which graph optimisations are made: <c>all</c>, <c>extended</c>, <c>basic</c> or <c>off</c>.</summary>
    public required string Optimisation { get; init; }

    /// <summary>Threads of the session's pool, one calling thread counted; null for the engine's own choice.</summary>
    public int? IntraOpThreads { get; init; }

    /// <summary>The lengths of named axes.</summary>
    public IReadOnlyDictionary<string, int> FreeDimensions { get; init; } = new Dictionary<string, int>();

    /// <summary>Options of the session, by ONNX Runtime's names.</summary>
    public IReadOnlyDictionary<string, string> ConfigEntries { get; init; } = new Dictionary<string, string>();

    /// <summary>The execution provider, by ONNX Runtime's name; null for the processor.</summary>
    public string? Provider { get; init; }

    /// <summary>The library that the provider lies in; null if it is one of ONNX Runtime's own.</summary>
    public PluginSettings? Plugin { get; init; }

    /// <summary>Its options, by ONNX Runtime's names.</summary>
    public IReadOnlyDictionary<string, string> ProviderOptions { get; init; } = new Dictionary<string, string>();

    /// <summary>Environment variables that the process needs before it starts.</summary>
    public IReadOnlyDictionary<string, string> Variables { get; init; } = new Dictionary<string, string>();

    /// <summary>What the measured program does beside that, one sentence each.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];
}

/// <summary>An execution provider in a library of its own.</summary>
/// <param name="Name">What it is registered as.</param>
/// <param name="Path">The library; where it lies on this machine is nobody's business.</param>
/// <param name="Devices">Which of the provider's devices it runs on, by their places.</param>
public sealed record PluginSettings(string Name, string Path, IReadOnlyList<int> Devices);
