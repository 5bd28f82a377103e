namespace Bench.Inference.Knobs;

/// <summary>What a knob turns.</summary>
public enum KnobScope
{
    /// <summary>How an engine loads and runs a network.</summary>
    Session,

    /// <summary>How requests are made and sent, whatever the engine.</summary>
    Harness,
}
