namespace Bench.Pictures.Charts;

/// <summary>The name of a point, and where it stands beside it, in pixels; without alignment there is no room for it.</summary>
internal sealed record PointName(string Label, double X, double Y, string? Align, double Dx, double Dy);
