namespace Bench.Models.Networks;

/// <summary>A U-Net with padded convolutions: four levels down, four up, one output channel.</summary>
/// <remarks>Ronneberger et al., https://doi.org/10.1007/978-3-319-24574-4_28; batch norm folded into the convolutions.</remarks>
public static class UNet
{
    private const int Levels = 4;

    /// <summary>Describes the network.</summary>
    /// <param name="size">Width and height of the slice; a multiple of 16.</param>
    /// <param name="width">The channels of the first level; each level doubles them.</param>
    /// <returns>The layers: 1×size×size in, one logit per pixel out.</returns>
    public static Network Describe(int size = 160, int width = 32)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        if (size <= 0 || size % (1 << Levels) != 0)
        {
            throw new ArgumentOutOfRangeException(nameof(size), size, $"Expected a multiple of {1 << Levels}.");
        }

        var net = new NetworkBuilder("unet", new FeatureShape(1, size, size));
        var skips = new string[Levels];
        var x = NetworkBuilder.InputName;
        for (var level = 0; level < Levels; level++)
        {
            skips[level] = DoubleConvolution(net, $"down.{level}", x, width << level);
            x = net.MaxPool($"pool.{level}", skips[level], 2);
        }

        x = DoubleConvolution(net, $"down.{Levels}", x, width << Levels);
        for (var level = Levels - 1; level >= 0; level--)
        {
            x = net.Upsampling($"up.{level}", x, width << level);
            x = net.Concatenation($"join.{level}", skips[level], x);
            x = DoubleConvolution(net, $"merge.{level}", x, width << level);
        }

        net.Convolution("head", x, 1, 1, relu: false);
        return net.Build();
    }

    private static string DoubleConvolution(NetworkBuilder net, string name, string x, int channels)
    {
        x = net.Convolution($"{name}.conv1", x, channels, 3, padding: 1);
        return net.Convolution($"{name}.conv2", x, channels, 3, padding: 1);
    }
}
