namespace Bench.Models.Networks;

/// <summary>InceptionV3 without its auxiliary classifier, batch norm folded into the convolutions.</summary>
/// <remarks>Szegedy et al., "Rethinking the Inception Architecture for Computer Vision", https://doi.org/10.1109/CVPR.2016.308.
/// Layer names follow torchvision's.</remarks>
public static class InceptionV3
{
    /// <summary>Width and height of the image.</summary>
    public const int InputSize = 299;

    /// <summary>Describes the network.</summary>
    /// <param name="classes">The number of classes, 1 or more.</param>
    /// <returns>The layers: 3×299×299 in, one logit per class out.</returns>
    public static Network Describe(int classes)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(classes);
        var net = new NetworkBuilder("inceptionv3", new FeatureShape(3, InputSize, InputSize));
        var x = net.Convolution("Conv2d_1a_3x3", NetworkBuilder.InputName, 32, 3, stride: 2);
        x = net.Convolution("Conv2d_2a_3x3", x, 32, 3);
        x = net.Convolution("Conv2d_2b_3x3", x, 64, 3, padding: 1);
        x = net.MaxPool("maxpool1", x, 3);
        x = net.Convolution("Conv2d_3b_1x1", x, 80, 1);
        x = net.Convolution("Conv2d_4a_3x3", x, 192, 3);
        x = net.MaxPool("maxpool2", x, 3);
        x = BlockA(net, "Mixed_5b", x, 32);
        x = BlockA(net, "Mixed_5c", x, 64);
        x = BlockA(net, "Mixed_5d", x, 64);
        x = BlockB(net, "Mixed_6a", x);
        x = BlockC(net, "Mixed_6b", x, 128);
        x = BlockC(net, "Mixed_6c", x, 160);
        x = BlockC(net, "Mixed_6d", x, 160);
        x = BlockC(net, "Mixed_6e", x, 192);
        x = BlockD(net, "Mixed_7a", x);
        x = BlockE(net, "Mixed_7b", x);
        x = BlockE(net, "Mixed_7c", x);
        x = net.GlobalAveragePool("avgpool", x);
        net.Linear("fc", x, classes);
        return net.Build();
    }

    private static string BlockA(NetworkBuilder net, string name, string x, int poolChannels)
    {
        var b1 = net.Convolution($"{name}.branch1x1", x, 64, 1);
        var b5 = net.Convolution($"{name}.branch5x5_1", x, 48, 1);
        b5 = net.Convolution($"{name}.branch5x5_2", b5, 64, 5, padding: 2);
        var b3 = net.Convolution($"{name}.branch3x3dbl_1", x, 64, 1);
        b3 = net.Convolution($"{name}.branch3x3dbl_2", b3, 96, 3, padding: 1);
        b3 = net.Convolution($"{name}.branch3x3dbl_3", b3, 96, 3, padding: 1);
        return net.Concatenation(name, b1, b5, b3, PoolBranch(net, name, x, poolChannels));
    }

    private static string BlockB(NetworkBuilder net, string name, string x)
    {
        var b3 = net.Convolution($"{name}.branch3x3", x, 384, 3, stride: 2);
        var bd = net.Convolution($"{name}.branch3x3dbl_1", x, 64, 1);
        bd = net.Convolution($"{name}.branch3x3dbl_2", bd, 96, 3, padding: 1);
        bd = net.Convolution($"{name}.branch3x3dbl_3", bd, 96, 3, stride: 2);
        return net.Concatenation(name, b3, bd, net.MaxPool($"{name}.maxpool", x, 3));
    }

    private static string BlockC(NetworkBuilder net, string name, string x, int inner)
    {
        var b1 = net.Convolution($"{name}.branch1x1", x, 192, 1);
        var b7 = net.Convolution($"{name}.branch7x7_1", x, inner, 1);
        b7 = net.Convolution($"{name}.branch7x7_2", b7, inner, (1, 7), padding: (0, 3));
        b7 = net.Convolution($"{name}.branch7x7_3", b7, 192, (7, 1), padding: (3, 0));
        var bd = net.Convolution($"{name}.branch7x7dbl_1", x, inner, 1);
        bd = net.Convolution($"{name}.branch7x7dbl_2", bd, inner, (7, 1), padding: (3, 0));
        bd = net.Convolution($"{name}.branch7x7dbl_3", bd, inner, (1, 7), padding: (0, 3));
        bd = net.Convolution($"{name}.branch7x7dbl_4", bd, inner, (7, 1), padding: (3, 0));
        bd = net.Convolution($"{name}.branch7x7dbl_5", bd, 192, (1, 7), padding: (0, 3));
        return net.Concatenation(name, b1, b7, bd, PoolBranch(net, name, x, 192));
    }

    private static string BlockD(NetworkBuilder net, string name, string x)
    {
        var b3 = net.Convolution($"{name}.branch3x3_1", x, 192, 1);
        b3 = net.Convolution($"{name}.branch3x3_2", b3, 320, 3, stride: 2);
        var b7 = net.Convolution($"{name}.branch7x7x3_1", x, 192, 1);
        b7 = net.Convolution($"{name}.branch7x7x3_2", b7, 192, (1, 7), padding: (0, 3));
        b7 = net.Convolution($"{name}.branch7x7x3_3", b7, 192, (7, 1), padding: (3, 0));
        b7 = net.Convolution($"{name}.branch7x7x3_4", b7, 192, 3, stride: 2);
        return net.Concatenation(name, b3, b7, net.MaxPool($"{name}.maxpool", x, 3));
    }

    private static string BlockE(NetworkBuilder net, string name, string x)
    {
        var b1 = net.Convolution($"{name}.branch1x1", x, 320, 1);
        var b3 = net.Convolution($"{name}.branch3x3_1", x, 384, 1);
        var b3a = net.Convolution($"{name}.branch3x3_2a", b3, 384, (1, 3), padding: (0, 1));
        var b3b = net.Convolution($"{name}.branch3x3_2b", b3, 384, (3, 1), padding: (1, 0));
        var bd = net.Convolution($"{name}.branch3x3dbl_1", x, 448, 1);
        bd = net.Convolution($"{name}.branch3x3dbl_2", bd, 384, 3, padding: 1);
        var bda = net.Convolution($"{name}.branch3x3dbl_3a", bd, 384, (1, 3), padding: (0, 1));
        var bdb = net.Convolution($"{name}.branch3x3dbl_3b", bd, 384, (3, 1), padding: (1, 0));
        return net.Concatenation(name, b1, b3a, b3b, bda, bdb, PoolBranch(net, name, x, 192));
    }

    private static string PoolBranch(NetworkBuilder net, string name, string x, int channels) =>
        net.Convolution($"{name}.branch_pool", net.AveragePool($"{name}.avgpool", x), channels, 1);
}
