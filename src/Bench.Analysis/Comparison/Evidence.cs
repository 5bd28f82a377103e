using System.Text.Json.Serialization;
using Bench.Analysis.Json;

namespace Bench.Analysis.Comparison;

/// <summary>What is known of how launches of one run differ, from the strongest to the weakest.</summary>
[JsonConverter(typeof(EnumNames<Evidence>))]
public enum Evidence
{
    /// <summary>Enough launches for an interval that asks nothing of their distribution.</summary>
    Launches,

    /// <summary>Two or three launches on a side: Student's t.</summary>
    FewLaunches,

    /// <summary>Iterations of a single process on a side: how processes differ is not known.</summary>
    Iterations,

    /// <summary>A mean and its error, as printed.</summary>
    Summary,

    /// <summary>A single number on a side, or numbers that are all equal: no interval.</summary>
    None,
}

/// <summary>What is known of how runs of the same code differ.</summary>
[JsonConverter(typeof(EnumNames<RunEvidence>))]
public enum RunEvidence
{
    /// <summary>Cells that cannot have changed were measured in the same rounds.</summary>
    Control,

    /// <summary>Both cells are of one run, paired round by round.</summary>
    Paired,

    /// <summary>Repeated runs of the same code on this machine.</summary>
    NoiseFile,

    /// <summary>Both cells that cannot have changed and repeated runs.</summary>
    ControlAndNoiseFile,

    /// <summary>Nothing: a cautious default stands in, and nothing passes.</summary>
    Unknown,

    /// <summary>A side has a single launch: a still more cautious default stands in, and nothing passes.</summary>
    SingleLaunch,
}
