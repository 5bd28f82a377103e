namespace Bench.Pictures.Charts;

/// <summary>Finds places for the names of points: beside the point, where they lie on nothing else, or nowhere.</summary>
/// <remarks>First come, first served; with as few points as a decision has, nothing cleverer is needed.
/// Positions in pixels from the top left.</remarks>
internal sealed class PointLabels(double width, double height)
{
    private const double FontSize = 10;
    private const double LetterWidth = 0.62 * FontSize;
    private const string WideLetters = "+=~";
    private const double MoreOfWide = 0.22 * FontSize;
    private const double Gap = 8;
    private const double PointSize = 12;
    private const double HalfLine = (FontSize / 2) + 1;
    private const double Above = 13;
    private const double Further = 24;
    private const double LineStep = 6;
    private static readonly (string Align, double Dx, double Dy)[] Places = [("left", Gap, 0), ("right", -Gap, 0), ("center", 0, -Above),
        ("center", 0, Above), ("left", 0, -Above), ("right", 0, -Above), ("left", 0, Above), ("right", 0, Above),
        ("left", Gap, -Further), ("right", -Gap, -Further), ("left", Gap, Further), ("right", -Gap, Further),
        ("center", 0, -Further), ("center", 0, Further)];
    private readonly List<Box> _taken = [];
    private readonly List<Box> _better = [];

    /// <summary>Keeps an area free of names.</summary>
    public void Avoid(double left, double top, double right, double bottom) => _taken.Add(new Box(left, top, right, bottom));

    /// <summary>Keeps an area free of names where there is another place for them.</summary>
    public void AvoidIfPossible(double left, double top, double right, double bottom) => _better.Add(new Box(left, top, right, bottom));

    /// <summary>Keeps a point free of names.</summary>
    public void AvoidPoint(double x, double y) => Avoid(x - (PointSize / 2), y - (PointSize / 2), x + (PointSize / 2), y + (PointSize / 2));

    /// <summary>Keeps a line free of names.</summary>
    public void AvoidLine(double fromX, double fromY, double toX, double toY)
    {
        var steps = Math.Max(1, (int)Math.Ceiling(Math.Max(Math.Abs(toX - fromX), Math.Abs(toY - fromY)) / LineStep));
        for (var i = 0; i <= steps; i++)
        {
            var (x, y) = (fromX + ((toX - fromX) * i / steps), fromY + ((toY - fromY) * i / steps));
            Avoid(x - 1, y - 1, x + 1, y + 1);
        }
    }

    /// <summary>Finds a place for the name of a point: right of it, left, above or below.</summary>
    /// <param name="text">The name.</param>
    /// <param name="xValue">The point's value on the x axis.</param>
    /// <param name="yValue">The point's value on the y axis.</param>
    /// <param name="x">Where that is.</param>
    /// <param name="y">Where that is.</param>
    /// <returns>The name and its place, or without one if there is none.</returns>
    public PointName Place(string text, double xValue, double yValue, double x, double y) =>
        Find(text, xValue, yValue, x, y, box => !_taken.Exists(box.Touches) && !_better.Exists(box.Touches))
        ?? Find(text, xValue, yValue, x, y, box => !_taken.Exists(box.Touches))
        ?? new PointName(text, xValue, yValue, null, 0, 0);

    private PointName? Find(string text, double xValue, double yValue, double x, double y, Predicate<Box> isFree)
    {
        var length = (text.Length * LetterWidth) + (text.Count(WideLetters.Contains) * MoreOfWide);
        foreach (var (align, dx, dy) in Places)
        {
            var left = x + dx - (align == "left" ? 0 : align == "right" ? length : length / 2);
            var box = new Box(left, y + dy - HalfLine, left + length, y + dy + HalfLine);
            if (box.Left >= 0 && box.Right <= width && box.Top >= 0 && box.Bottom <= height && isFree(box))
            {
                _taken.Add(box);
                return new PointName(text, xValue, yValue, align, dx, dy);
            }
        }

        return null;
    }

    private readonly record struct Box(double Left, double Top, double Right, double Bottom)
    {
        public bool Touches(Box other) => Left < other.Right && other.Left < Right && Top < other.Bottom && other.Top < Bottom;
    }
}
