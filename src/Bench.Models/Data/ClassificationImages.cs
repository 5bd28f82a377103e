namespace Bench.Models.Data;

/// <summary>Synthetic images of skin lesions in ten classes, made from a seed: five inner patterns, each with a smooth or a
/// spiculated outline.</summary>
/// <remarks>
/// <para>Hard on purpose: the pattern's contrast varies from plain to barely above the noise, hairs cross the lesion, shading and
/// colour say nothing about the class. So a network that lost precision is seen to lose accuracy.</para>
/// <para>Bit for bit the same on every operating system and processor: only operations that IEEE 754 rounds exactly.</para>
/// </remarks>
public sealed class ClassificationImages
{
    /// <summary>The number of classes.</summary>
    public const int ClassCount = 10;

    /// <summary>The size of the images that InceptionV3 takes.</summary>
    public const int DefaultSize = 299;

    /// <summary>The number of colour channels.</summary>
    public const int Channels = 3;

    /// <summary>What the ten classes are called, in the order of their numbers.</summary>
    public static readonly IReadOnlyList<string> ClassNames =
    [
        "homogeneous-smooth", "homogeneous-spiculated", "striped-smooth", "striped-spiculated", "globular-smooth",
        "globular-spiculated", "reticular-smooth", "reticular-spiculated", "concentric-smooth", "concentric-spiculated",
    ];

    private readonly ulong _seed;
    private readonly int _size;

    /// <summary>Describes a set of images; nothing is drawn yet.</summary>
    /// <param name="seed">The seed of the set. Sets of different seeds share no image.</param>
    /// <param name="size">Width and height in pixels, at least 32.</param>
    public ClassificationImages(ulong seed, int size = DefaultSize)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 32);
        _seed = seed;
        _size = size;
    }

    /// <summary>Bytes of one image: height × width × 3.</summary>
    public int ImageLength => _size * _size * Channels;

    /// <summary>The class of an image. The classes take turns, so that every ten images are balanced.</summary>
    /// <param name="index">The number of the image, from 0.</param>
    /// <returns>A class number in [0, 10).</returns>
    public static int Label(int index) => index % ClassCount;

    /// <summary>Draws one image.</summary>
    /// <param name="index">The number of the image, from 0.</param>
    /// <param name="pixels">Receives height × width × 3 bytes, red, green, blue for each pixel.</param>
    /// <returns>The class of the image.</returns>
    /// <exception cref="ArgumentException"><paramref name="pixels"/> has another length than <see cref="ImageLength"/>.</exception>
    public int Draw(int index, Span<byte> pixels)
    {
        if (pixels.Length != ImageLength)
        {
            throw new ArgumentException($"Found room for {pixels.Length} bytes; expected {ImageLength}.", nameof(pixels));
        }

        var label = Label(index);
        var random = new SeededRandom(_seed, (ulong)index);
        var scene = new Scene(ref random, _size, label);
        for (var y = 0; y < _size; y++)
        {
            for (var x = 0; x < _size; x++)
            {
                scene.Pixel(ref random, x, y, pixels.Slice(((y * _size) + x) * Channels, Channels));
            }
        }

        return label;
    }

    /// <summary>Everything about one image that is drawn once, before its pixels.</summary>
    private sealed class Scene
    {
        private readonly StarShape _outline;
        private readonly LesionTexture _texture;
        private readonly ValueNoise _shading;
        private readonly ValueNoise _mottle;
        private readonly Hair[] _hairs;
        private readonly Rgb _skin;
        private readonly Rgb _lesion;
        private readonly double _contrast;
        private readonly double _softness;
        private readonly double _noise;

        public Scene(ref SeededRandom random, int size, int label)
        {
            var spiculated = label % 2 == 1;
            var radius = random.Between(0.26, 0.36) * size;
            _outline = new StarShape(
                ref random,
                centreX: random.Between(0.42, 0.58) * size,
                centreY: random.Between(0.42, 0.58) * size,
                radius,
                elongation: random.Between(0, 0.12),
                lobes: spiculated ? random.Between(0.07, 0.20) : random.Between(0, 0.04),
                lobeCount: 6 + random.NextInt(6));
            _texture = new LesionTexture(ref random, (LesionPattern)(label / 2), random.Between(0.055, 0.085) * size);
            _shading = new ValueNoise(ref random, size, 3);
            _mottle = new ValueNoise(ref random, size, 24);
            _hairs = new Hair[random.NextInt(5)];
            for (var i = 0; i < _hairs.Length; i++)
            {
                _hairs[i] = new Hair(ref random, size, 0.006 * size, 0.014 * size);
            }

            _skin = new Rgb(random.Between(0.62, 0.86), random.Between(0.46, 0.66), random.Between(0.38, 0.58));
            var darkness = random.Between(0.12, 0.30);
            _lesion = new Rgb(
                _skin.Red - darkness + random.Between(-0.05, 0.05),
                _skin.Green - darkness + random.Between(-0.05, 0.05),
                _skin.Blue - darkness + random.Between(-0.05, 0.05));
            _contrast = random.Between(0.010, 0.18);
            _softness = random.Between(0.01, 0.05) * size;
            _noise = random.Between(0.03, 0.09);
        }

        public void Pixel(ref SeededRandom random, int x, int y, Span<byte> rgb)
        {
            var depth = _outline.Depth(x, y);
            var inside = Math.Clamp((depth / _softness) + 0.5, 0, 1);
            var structure = inside > 0 ? inside * _contrast * _texture.At(x - _outline.CentreX, y - _outline.CentreY) : 0;
            var cover = 0.0;
            foreach (var hair in _hairs)
            {
                cover = Math.Max(cover, hair.Cover(x, y));
            }

            var light = (0.08 * _shading.At(x, y)) + (0.04 * _mottle.At(x, y)) + structure + (_noise * random.NextNormal());
            var tone = 1 - (0.75 * cover);
            rgb[0] = ToByte((Blend(_skin.Red, _lesion.Red, inside) + light) * tone);
            rgb[1] = ToByte((Blend(_skin.Green, _lesion.Green, inside) + light + (0.4 * _noise * random.NextNormal())) * tone);
            rgb[2] = ToByte((Blend(_skin.Blue, _lesion.Blue, inside) + light + (0.4 * _noise * random.NextNormal())) * tone);
        }

        private static double Blend(double from, double to, double share) => from + ((to - from) * share);

        private static byte ToByte(double value) => (byte)((Math.Clamp(value, 0, 1) * 255) + 0.5);
    }

    private readonly record struct Rgb(double Red, double Green, double Blue);
}
