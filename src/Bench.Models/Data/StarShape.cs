namespace Bench.Models.Data;

/// <summary>A closed outline around a centre, whose radius varies with the angle: an ellipse-like body with lobes or spicules.</summary>
/// <remarks>
/// The radius is R · (1 + a₂ cos(2θ + φ₂) + aₖ cos(kθ + φₖ)). Cosines of multiples of θ come from complex powers of the unit vector
/// towards the pixel, by products and sums alone, so that the outline is the same on every machine.
/// </remarks>
internal sealed class StarShape
{
    private readonly double _radius;
    private readonly double _elongation;
    private readonly (double Cos, double Sin) _elongationPhase;
    private readonly double _lobes;
    private readonly (double Cos, double Sin) _lobePhase;
    private readonly int _lobeCount;

    public StarShape(
        ref SeededRandom random, double centreX, double centreY, double radius, double elongation, double lobes, int lobeCount)
    {
        CentreX = centreX;
        CentreY = centreY;
        _radius = radius;
        _elongation = elongation;
        _lobes = lobes;
        _lobeCount = lobeCount;
        _elongationPhase = random.NextDirection();
        _lobePhase = random.NextDirection();
    }

    public double CentreX { get; }

    public double CentreY { get; }

    /// <summary>How far inside the outline a point lies.</summary>
    /// <returns>Pixels from the outline along the ray from the centre: positive inside, negative outside.</returns>
    public double Depth(double x, double y)
    {
        var dx = x - CentreX;
        var dy = y - CentreY;
        var distance = Math.Sqrt((dx * dx) + (dy * dy));
        if (distance < 1e-9)
        {
            return _radius;
        }

        var c = dx / distance;
        var s = dy / distance;
        var (c2, s2) = ((c * c) - (s * s), 2 * s * c);
        var (ck, sk) = Power(c, s, _lobeCount);
        var stretch = (c2 * _elongationPhase.Cos) - (s2 * _elongationPhase.Sin);
        var lobe = (ck * _lobePhase.Cos) - (sk * _lobePhase.Sin);
        return (_radius * (1 + (_elongation * stretch) + (_lobes * lobe))) - distance;
    }

    private static (double Cos, double Sin) Power(double c, double s, int exponent)
    {
        var (resultCos, resultSin) = (1.0, 0.0);
        for (var i = 0; i < exponent; i++)
        {
            (resultCos, resultSin) = ((resultCos * c) - (resultSin * s), (resultCos * s) + (resultSin * c));
        }

        return (resultCos, resultSin);
    }
}
