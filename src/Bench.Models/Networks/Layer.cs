namespace Bench.Models.Networks;

/// <summary>One step of a network: it takes the values of other layers by name and gives a value of its own name.</summary>
/// <param name="Name">The name of the value, and of the weights if there are any. Unique in the network.</param>
/// <param name="Inputs">The names of the values it takes, in order.</param>
/// <param name="Output">The shape of the value it gives, without the batch.</param>
public abstract record Layer(string Name, IReadOnlyList<string> Inputs, FeatureShape Output);

/// <summary>The shape of one image's features.</summary>
/// <param name="Channels">Feature channels, 1 or more.</param>
/// <param name="Height">Rows, 1 or more.</param>
/// <param name="Width">Columns, 1 or more.</param>
public readonly record struct FeatureShape(int Channels, int Height, int Width);

/// <summary>Rows and columns of a kernel, a stride or a padding.</summary>
/// <param name="Rows">Along the height.</param>
/// <param name="Columns">Along the width.</param>
public readonly record struct Extent(int Rows, int Columns)
{
    /// <summary>The same in both directions.</summary>
    /// <param name="size">Rows and columns.</param>
    public static implicit operator Extent(int size) => new(size, size);

    /// <summary>Rows and columns from a pair.</summary>
    /// <param name="size">Rows, then columns.</param>
    public static implicit operator Extent((int Rows, int Columns) size) => new(size.Rows, size.Columns);
}

/// <summary>A convolution with bias and, if asked, a ReLU after it. Weights: <c>[outputs, inputs, rows, columns]</c> and
/// <c>[outputs]</c>.</summary>
/// <param name="Name">See <see cref="Layer"/>.</param>
/// <param name="Input">The value it takes.</param>
/// <param name="InputChannels">The channels of that value.</param>
/// <param name="Kernel">The size of the kernel.</param>
/// <param name="Stride">The step in both directions.</param>
/// <param name="Padding">Zeros added on each side.</param>
/// <param name="Relu">Whether negative results become zero.</param>
/// <param name="Output">See <see cref="Layer"/>.</param>
public sealed record ConvolutionLayer(
    string Name, string Input, int InputChannels, Extent Kernel, int Stride, Extent Padding, bool Relu, FeatureShape Output)
    : Layer(Name, [Input], Output);

/// <summary>A transposed convolution, kernel 2×2 and stride 2, with bias: doubles height and width. Weights: <c>[inputs, outputs, 2, 2]</c>
/// and <c>[outputs]</c>.</summary>
/// <param name="Name">See <see cref="Layer"/>.</param>
/// <param name="Input">The value it takes.</param>
/// <param name="InputChannels">The channels of that value.</param>
/// <param name="Output">See <see cref="Layer"/>.</param>
public sealed record UpsamplingLayer(string Name, string Input, int InputChannels, FeatureShape Output) : Layer(Name, [Input], Output);

/// <summary>The maximum over a window, no padding.</summary>
/// <param name="Name">See <see cref="Layer"/>.</param>
/// <param name="Input">The value it takes.</param>
/// <param name="Kernel">The size of the window.</param>
/// <param name="Stride">The step in both directions.</param>
/// <param name="Output">See <see cref="Layer"/>.</param>
public sealed record MaxPoolLayer(string Name, string Input, Extent Kernel, int Stride, FeatureShape Output) : Layer(Name, [Input], Output);

/// <summary>The mean over a 3×3 window, stride 1, padded with zeros that count.</summary>
/// <param name="Name">See <see cref="Layer"/>.</param>
/// <param name="Input">The value it takes.</param>
/// <param name="Output">See <see cref="Layer"/>.</param>
public sealed record AveragePoolLayer(string Name, string Input, FeatureShape Output) : Layer(Name, [Input], Output);

/// <summary>The mean of each channel over the whole image.</summary>
/// <param name="Name">See <see cref="Layer"/>.</param>
/// <param name="Input">The value it takes.</param>
/// <param name="Output">See <see cref="Layer"/>.</param>
public sealed record GlobalAveragePoolLayer(string Name, string Input, FeatureShape Output) : Layer(Name, [Input], Output);

/// <summary>The channels of several values one after the other.</summary>
/// <param name="Name">See <see cref="Layer"/>.</param>
/// <param name="Inputs">The values, in order.</param>
/// <param name="Output">See <see cref="Layer"/>.</param>
public sealed record ConcatenationLayer(string Name, IReadOnlyList<string> Inputs, FeatureShape Output) : Layer(Name, Inputs, Output);

/// <summary>A fully connected layer on a 1×1 image. Weights: <c>[outputs, inputs]</c> and <c>[outputs]</c>.</summary>
/// <param name="Name">See <see cref="Layer"/>.</param>
/// <param name="Input">The value it takes.</param>
/// <param name="InputChannels">The channels of that value.</param>
/// <param name="Output">See <see cref="Layer"/>.</param>
public sealed record LinearLayer(string Name, string Input, int InputChannels, FeatureShape Output) : Layer(Name, [Input], Output);
