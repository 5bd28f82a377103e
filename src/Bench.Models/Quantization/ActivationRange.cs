namespace Bench.Models.Quantization;

/// <summary>Which numbers a value takes.</summary>
/// <param name="Min">The smallest that counts; finite.</param>
/// <param name="Max">The largest that counts; not below the smallest.</param>
public readonly record struct ActivationRange(double Min, double Max)
{
    // The smallest number that 32-bit floats have all digits of.
    private const float SmallestScale = 1.17549435e-38f;

    /// <summary>The range that has both in it.</summary>
    public ActivationRange With(ActivationRange other) => new(Math.Min(Min, other.Min), Math.Max(Max, other.Max));

    /// <summary>The scale and the zero by which it is written in integers. Zero is in it, and exact.</summary>
    /// <remarks>scale = (max − min) / (high − low), zero = low − min / scale, rounded to even, as ONNX Runtime's own tool has them:
    /// https://github.com/microsoft/onnxruntime/blob/main/onnxruntime/python/tools/quantization/quant_utils.py.</remarks>
    /// <param name="recipe">How the network is quantised.</param>
    /// <returns>The scale, above 0, and the zero; 1 and 0 of a value that is always 0.</returns>
    public (float Scale, int Zero) Parameters(QuantizationRecipe recipe)
    {
        // Ranges are written as 32-bit floats and read again: the scale is that of what was written.
        var (low, high) = (Math.Min(0, (double)(float)Min), Math.Max(0, (double)(float)Max));
        if (recipe.IsSymmetric)
        {
            high = Math.Max(-low, high);
            low = -high;
        }

        var scale = (float)((high - low) / (recipe.ActivationHigh - recipe.ActivationLow));
        return scale < SmallestScale ? (1, recipe.IsSymmetric ? 0 : recipe.ActivationLow)
            : (scale, recipe.IsSymmetric ? 0 : (int)Math.Round(recipe.ActivationLow - (low / scale), MidpointRounding.ToEven));
    }
}
