using Bench.Analysis.Measurements;

namespace Bench.Analysis.Runs;

/// <summary>Which cells of a run the others are compared with.</summary>
/// <param name="Baseline">What times are compared with.</param>
/// <param name="Reference">What outputs and quality are compared with.</param>
public sealed record RunRoles(CellRole Baseline, CellRole Reference)
{
    /// <summary>What holds for a run that does not say: ONNX Runtime on the processor, without its graph optimisations to compare times
    /// with, and with them to compare outputs with.</summary>
    public static readonly RunRoles Standard = new(new CellRole("ort-cpu-unoptimized", "fp32"), new CellRole("ort-cpu", "fp32"));
}

/// <summary>A backend at a precision; one cell of every model.</summary>
/// <param name="Backend">The backend's name, without a version.</param>
/// <param name="Precision">The precision.</param>
public sealed record CellRole(string Backend, string Precision)
{
    // These change how long it takes and not what is computed.
    private static readonly string[] HarmlessKnobs = ["threads", "device"];

    /// <summary>Whether a cell has the role, in whatever version. Knobs that may change what is computed take it away.</summary>
    /// <param name="cell">The cell.</param>
    public bool Includes(CellId cell) => cell.Backend.Name == Backend && cell.Precision == Precision
        && cell.Variant.All(knob => HarmlessKnobs.Contains(knob.Key));

    /// <summary>Whether a cell has the role with nothing asked for besides: the default version, every knob at its default.</summary>
    /// <param name="cell">The cell.</param>
    public bool Is(CellId cell) => Includes(cell) && cell.IsPlain;

    /// <summary>As in ids: <c>ort-cpu/fp32</c>.</summary>
    public override string ToString() => $"{Backend}/{Precision}";
}
