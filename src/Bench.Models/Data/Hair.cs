namespace Bench.Models.Data;

/// <summary>A thin straight line over the image: a hair on skin, a vessel in a slice. It says nothing about the class.</summary>
internal readonly struct Hair
{
    private readonly double _x;
    private readonly double _y;
    private readonly (double Cos, double Sin) _direction;
    private readonly double _halfWidth;
    private readonly double _halfLength;

    public Hair(ref SeededRandom random, int size, double minWidth, double maxWidth)
    {
        _x = random.Between(0, size);
        _y = random.Between(0, size);
        _direction = random.NextDirection();
        _halfWidth = random.Between(minWidth, maxWidth) / 2;
        _halfLength = random.Between(0.15, 0.5) * size;
    }

    /// <summary>How much of the pixel the line covers.</summary>
    /// <returns>A number in [0, 1].</returns>
    public double Cover(double x, double y)
    {
        var dx = x - _x;
        var dy = y - _y;
        var along = Math.Abs((dx * _direction.Cos) + (dy * _direction.Sin));
        var across = Math.Abs((dy * _direction.Cos) - (dx * _direction.Sin));
        return along > _halfLength ? 0 : Math.Clamp(_halfWidth + 0.5 - across, 0, 1);
    }
}
