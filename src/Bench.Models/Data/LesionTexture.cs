namespace Bench.Models.Data;

/// <summary>The inner structure of a lesion: one of the two things that make its class.</summary>
internal enum LesionPattern
{
    /// <summary>No structure but the noise of the image.</summary>
    Homogeneous,

    /// <summary>Parallel bands.</summary>
    Striped,

    /// <summary>Round dots on a jittered grid.</summary>
    Globular,

    /// <summary>A net of crossing lines.</summary>
    Reticular,

    /// <summary>Rings around the centre.</summary>
    Concentric,
}

/// <summary>Draws a <see cref="LesionPattern"/>: a value in [-1, 1] for every pixel.</summary>
internal sealed class LesionTexture
{
    private readonly LesionPattern _pattern;
    private readonly double _period;
    private readonly (double Cos, double Sin) _axis;
    private readonly double _phaseU;
    private readonly double _phaseV;
    private readonly ulong _jitterSeed;

    public LesionTexture(ref SeededRandom random, LesionPattern pattern, double period)
    {
        _pattern = pattern;
        _period = period;
        _axis = random.NextDirection();
        _phaseU = random.NextDouble();
        _phaseV = random.NextDouble();
        _jitterSeed = random.NextUInt64();
    }

    public double At(double dx, double dy)
    {
        var u = (((dx * _axis.Cos) + (dy * _axis.Sin)) / _period) + _phaseU;
        var v = (((dy * _axis.Cos) - (dx * _axis.Sin)) / _period) + _phaseV;
        return _pattern switch
        {
            LesionPattern.Striped => Triangle(u),
            LesionPattern.Globular => Dot(u, v),
            LesionPattern.Reticular => Math.Max(Ridge(u), Ridge(v)),
            LesionPattern.Concentric => Triangle((Math.Sqrt((dx * dx) + (dy * dy)) / _period) + _phaseU),
            _ => 0,
        };
    }

    /// <summary>A triangle wave of period 1 between -1 and 1.</summary>
    private static double Triangle(double t)
    {
        var fraction = t - Math.Floor(t);
        return (4 * Math.Abs(fraction - 0.5)) - 1;
    }

    /// <summary>Narrow lines, one per period: 1 on the line, -0.4 between.</summary>
    private static double Ridge(double t) => Math.Clamp((3 * Triangle(t)) - 1.6, -0.4, 1);

    private double Dot(double u, double v)
    {
        var i = Math.Floor(u);
        var j = Math.Floor(v);
        var cell = new SeededRandom(_jitterSeed, ((ulong)(long)i << 32) ^ (uint)(long)j);
        var du = u - i - cell.Between(0.4, 0.6);
        var dv = v - j - cell.Between(0.4, 0.6);
        var distance = Math.Sqrt((du * du) + (dv * dv));
        return Math.Clamp((0.34 - distance) * 9, -0.5, 1);
    }
}
