namespace Bench.Models.Data;

/// <summary>Synthetic tomography slices with lesions and their masks, made from a seed.</summary>
/// <remarks>
/// <para>A body with a bright rim, darker cavities, slow shading, texture and noise; one to three lesions that are only a little
/// brighter than the tissue; vessels and small bright spots that are no lesions. A network that lost precision is seen to lose Dice.</para>
/// <para>Bit for bit the same on every operating system and processor: only operations that IEEE 754 rounds exactly.</para>
/// </remarks>
public sealed class SegmentationSlices
{
    /// <summary>The size of the slices that the U-Net takes.</summary>
    public const int DefaultSize = 160;

    private readonly ulong _seed;
    private readonly int _size;

    /// <summary>Describes a set of slices; nothing is drawn yet.</summary>
    /// <param name="seed">The seed of the set. Sets of different seeds share no slice.</param>
    /// <param name="size">Width and height in pixels, at least 32.</param>
    public SegmentationSlices(ulong seed, int size = DefaultSize)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 32);
        _seed = seed;
        _size = size;
    }

    /// <summary>Bytes of one slice, and of its mask: height × width.</summary>
    public int ImageLength => _size * _size;

    /// <summary>Draws one slice and its mask.</summary>
    /// <param name="index">The number of the slice, from 0.</param>
    /// <param name="pixels">Receives height × width grey values.</param>
    /// <param name="mask">Receives height × width values, 1 in a lesion and 0 elsewhere; never all 0.</param>
    /// <exception cref="ArgumentException">A span has another length than <see cref="ImageLength"/>.</exception>
    public void Draw(int index, Span<byte> pixels, Span<byte> mask)
    {
        if (pixels.Length != ImageLength || mask.Length != ImageLength)
        {
            throw new ArgumentException(
                $"Found room for {pixels.Length} pixels and {mask.Length} mask values; expected {ImageLength} each.", nameof(pixels));
        }

        var random = new SeededRandom(_seed, (ulong)index);
        var scene = new Scene(ref random, _size);
        for (var y = 0; y < _size; y++)
        {
            for (var x = 0; x < _size; x++)
            {
                var i = (y * _size) + x;
                (pixels[i], mask[i]) = scene.Pixel(ref random, x, y);
            }
        }
    }

    /// <summary>Everything about one slice that is drawn once, before its pixels.</summary>
    private sealed class Scene
    {
        private readonly StarShape _body;
        private readonly StarShape[] _cavities;
        private readonly StarShape[] _lesions;
        private readonly double[] _lesionContrasts;
        private readonly StarShape[] _spots;
        private readonly Hair[] _vessels;
        private readonly ValueNoise _shading;
        private readonly ValueNoise _tissue;
        private readonly double _level;
        private readonly double _noise;

        public Scene(ref SeededRandom random, int size)
        {
            var bodyRadius = random.Between(0.38, 0.45) * size;
            _body = new StarShape(
                ref random, 0.5 * size, 0.5 * size, bodyRadius, random.Between(0.02, 0.10), random.Between(0, 0.03), 5);
            _cavities = Shapes(ref random, 1 + random.NextInt(3), bodyRadius, 0.55, 0.035 * size, 0.085 * size, 0.05);
            _lesions = Shapes(ref random, 1 + random.NextInt(3), bodyRadius, 0.70, 0.035 * size, 0.110 * size, 0.16);
            _lesionContrasts = new double[_lesions.Length];
            for (var i = 0; i < _lesions.Length; i++)
            {
                _lesionContrasts[i] = random.Between(0.10, 0.24);
            }

            _spots = Shapes(ref random, random.NextInt(6), bodyRadius, 0.80, 0.006 * size, 0.014 * size, 0.05);
            _vessels = new Hair[random.NextInt(4)];
            for (var i = 0; i < _vessels.Length; i++)
            {
                _vessels[i] = new Hair(ref random, size, 0.006 * size, 0.016 * size);
            }

            _shading = new ValueNoise(ref random, size, 3);
            _tissue = new ValueNoise(ref random, size, 20);
            _level = random.Between(0.34, 0.48);
            _noise = random.Between(0.03, 0.08);
        }

        public (byte Pixel, byte Mask) Pixel(ref SeededRandom random, int x, int y)
        {
            var noise = _noise * random.NextNormal();
            var bodyDepth = _body.Depth(x, y);
            if (bodyDepth < 0)
            {
                return (ToByte(0.04 + noise), 0);
            }

            var value = bodyDepth < 3.5
                ? 0.85
                : _level + (0.10 * _shading.At(x, y)) + (0.06 * _tissue.At(x, y));
            foreach (var cavity in _cavities)
            {
                value -= 0.22 * Math.Clamp((cavity.Depth(x, y) / 2) + 0.5, 0, 1);
            }

            foreach (var vessel in _vessels)
            {
                value += 0.18 * vessel.Cover(x, y);
            }

            foreach (var spot in _spots)
            {
                value += 0.30 * Math.Clamp(spot.Depth(x, y) + 0.5, 0, 1);
            }

            byte mask = 0;
            var lesion = 0.0;
            for (var i = 0; i < _lesions.Length; i++)
            {
                var depth = _lesions[i].Depth(x, y);
                lesion = Math.Max(lesion, _lesionContrasts[i] * Math.Clamp((depth / 2.5) + 0.5, 0, 1));
                mask = depth >= 0 ? (byte)1 : mask;
            }

            return (ToByte(value + lesion + noise), mask);
        }

        /// <summary>Shapes somewhere inside the body, no farther from its centre than a share of its radius.</summary>
        private StarShape[] Shapes(
            ref SeededRandom random, int count, double bodyRadius, double reach, double minRadius, double maxRadius, double lobes)
        {
            var shapes = new StarShape[count];
            for (var i = 0; i < count; i++)
            {
                var (cos, sin) = random.NextDirection();
                var distance = Math.Sqrt(random.NextDouble()) * reach * bodyRadius;
                shapes[i] = new StarShape(
                    ref random,
                    _body.CentreX + (distance * cos),
                    _body.CentreY + (distance * sin),
                    random.Between(minRadius, maxRadius),
                    random.Between(0, 0.25),
                    random.Between(0, lobes),
                    3 + random.NextInt(4));
            }

            return shapes;
        }

        private static byte ToByte(double value) => (byte)((Math.Clamp(value, 0, 1) * 255) + 0.5);
    }
}
