namespace Bench.Models.Quantization;

/// <summary>How a network is quantised: which integers, and what engines make of them.</summary>
/// <param name="Name">What it is called in the traits of a file.</param>
/// <param name="ActivationLow">The lowest integer of an activation.</param>
/// <param name="ActivationHigh">The highest integer of an activation.</param>
/// <param name="WeightLimit">Weights lie from minus this to this.</param>
/// <param name="QuantizesBias">Whether biases are 32-bit integers; else they stay 32-bit floats.</param>
/// <param name="SharesConcatenated">Whether what is concatenated has one scale, so that nothing is computed there.</param>
public sealed record QuantizationRecipe(
    string Name, int ActivationLow, int ActivationHigh, int WeightLimit, bool QuantizesBias, bool SharesConcatenated)
{
    /// <summary>Activations from 0 to 255 with a zero of their own, weights from -127 to 127: fast on x86 processors that have VNNI, where
    /// signed activations are slower.</summary>
    public static QuantizationRecipe U8S8 { get; } = new("u8s8", 0, 255, 127, QuantizesBias: true, SharesConcatenated: true);

    /// <summary>The same with weights of 7 bits: without VNNI two products of 8 bits do not fit into the 16 bits that they are added
    /// in.</summary>
    public static QuantizationRecipe U8S7 { get; } = new("u8s7", 0, 255, 64, QuantizesBias: true, SharesConcatenated: true);

    /// <summary>Activations and weights from -127 to 127, zero at zero, biases in floats: what TensorRT takes, and OpenVINO, too.</summary>
    public static QuantizationRecipe S8S8 { get; } = new("s8s8", -127, 127, 127, QuantizesBias: false, SharesConcatenated: true);

    /// <summary>All recipes.</summary>
    public static IReadOnlyList<QuantizationRecipe> All { get; } = [U8S8, U8S7, S8S8];

    /// <summary>Whether zero is at zero.</summary>
    public bool IsSymmetric => ActivationLow < 0;

    /// <summary>Whether processors compute it, which have no kernel of integers for transposed convolutions.</summary>
    public bool IsForProcessors => QuantizesBias;

    /// <inheritdoc/>
    public override string ToString() => Name;
}
