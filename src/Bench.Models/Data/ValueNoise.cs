namespace Bench.Models.Data;

/// <summary>Smooth random variation over a square image: random values on a lattice, blended between its points.</summary>
internal sealed class ValueNoise
{
    private readonly double[] _lattice;
    private readonly int _cells;
    private readonly double _cellsPerPixel;

    /// <summary>Draws the lattice.</summary>
    /// <param name="random">The source of the lattice values.</param>
    /// <param name="size">Width and height of the image in pixels.</param>
    /// <param name="cells">Lattice cells along each side: few are slow shading, many are fine structure.</param>
    public ValueNoise(ref SeededRandom random, int size, int cells)
    {
        _cells = cells;
        _cellsPerPixel = (double)cells / size;
        _lattice = new double[(cells + 1) * (cells + 1)];
        for (var i = 0; i < _lattice.Length; i++)
        {
            _lattice[i] = random.Between(-1, 1);
        }
    }

    /// <summary>The value at a pixel.</summary>
    /// <returns>A number in [-1, 1].</returns>
    public double At(int x, int y)
    {
        var u = x * _cellsPerPixel;
        var v = y * _cellsPerPixel;
        var i = (int)u;
        var j = (int)v;
        var a = Smooth(u - i);
        var b = Smooth(v - j);
        var row = (j * (_cells + 1)) + i;
        var below = row + _cells + 1;
        var top = _lattice[row] + ((_lattice[row + 1] - _lattice[row]) * a);
        var bottom = _lattice[below] + ((_lattice[below + 1] - _lattice[below]) * a);
        return top + ((bottom - top) * b);
    }

    private static double Smooth(double t) => t * t * (3 - (2 * t));
}
