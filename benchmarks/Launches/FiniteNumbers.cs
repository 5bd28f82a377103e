using System.Globalization;
using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Bench.Arrays;
using Bench.Inference;
using Bench.Models.Signatures;

namespace Bench.Benchmarks.Launches;

/// <summary>Looks for what is no number in what a network gave.</summary>
internal static class FiniteNumbers
{
    /// <summary>Looks at an output. Allocates nothing if all is well.</summary>
    /// <param name="output">Which output.</param>
    /// <param name="bytes">Its numbers.</param>
    /// <param name="images">The numbers of the images of the request; for the message.</param>
    /// <exception cref="InferenceException">It holds NaN or an infinity.</exception>
    public static void Check(TensorSpec output, ReadOnlySpan<byte> bytes, IReadOnlyList<int> images)
    {
        switch (output.Type)
        {
            case ElementType.Float32:
                Check(output, MemoryMarshal.Cast<byte, float>(bytes), images);
                break;
            case ElementType.Float16:
                Check(output, MemoryMarshal.Cast<byte, Half>(bytes), images);
                break;
            case ElementType.Float64:
                Check(output, MemoryMarshal.Cast<byte, double>(bytes), images);
                break;
        }
    }

    /// <summary>The sum is NaN or infinite if any value is (or if it overflows: then every value is looked at).</summary>
    private static void Check<T>(TensorSpec output, ReadOnlySpan<T> numbers, IReadOnlyList<int> images)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (T.IsFinite(TensorPrimitives.SumOfMagnitudes(numbers)))
        {
            return;
        }

        for (var i = 0; i < numbers.Length; i++)
        {
            if (!T.IsFinite(numbers[i]))
            {
                throw new InferenceException(string.Create(CultureInfo.InvariantCulture,
                    $"The network gave {numbers[i]} at position {i} of '{output.Name}' for {Named(images)}; expected finite numbers. ")
                    + "The precision may be too low for these weights, or the numbers that go in are none that the network knows.");
            }
        }
    }

    private static string Named(IReadOnlyList<int> images) => images.Count == 1
        ? string.Create(CultureInfo.InvariantCulture, $"image {images[0]}")
        : $"a request of images {string.Join(", ", images)}";
}
