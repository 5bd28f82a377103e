using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json.Serialization;
using Bench.Arrays;
using Bench.Models.Data;

namespace Bench.Models.Inputs;

/// <summary>From what the numbers of an input are drawn where nobody gives any.</summary>
/// <param name="Kind">The distribution.</param>
/// <param name="Low">The smallest number; of no meaning for <see cref="DrawnKind.Normal"/>.</param>
/// <param name="High">The largest number; of no meaning for <see cref="DrawnKind.Normal"/>.</param>
public sealed record DrawnValues(DrawnKind Kind, double Low, double High)
{
    /// <summary>What the text of one looks like, for messages.</summary>
    public const string Expected = "normal, floats:LOW..HIGH, ints:LOW..HIGH, bools or a number";

    private const string Floats = "floats:";
    private const string Integers = "ints:";
    private const string Booleans = "bools";
    private const string NormalText = "normal";

    // Beyond these not every whole number is a 64-bit float.
    private const double LargestInteger = 1L << 53;

    /// <summary>Standard normal, cut off at ±3.47.</summary>
    public static DrawnValues Normal { get; } = new(DrawnKind.Normal, 0, 0);

    /// <summary>Whole numbers, each as likely as the others.</summary>
    /// <param name="low">The smallest.</param>
    /// <param name="high">The largest.</param>
    public static DrawnValues WholeNumbers(double low, double high) => new(DrawnKind.Integers, low, high);

    /// <summary>What suits an input: normal floats, all bytes, whole numbers below a bound, and ones where it is called a mask.</summary>
    /// <param name="name">The input's name.</param>
    /// <param name="type">The type.</param>
    /// <param name="bound">What they must be below, where they are places in a table; null if that is not known: then 0 and 1.</param>
    public static DrawnValues For(string name, ElementType type, long? bound) => type switch
    {
        // Of a mask that hides at random nobody knows what is left.
        _ when name.Contains("mask", StringComparison.OrdinalIgnoreCase) && bound is null => WholeNumbers(1, 1),
        _ when type.IsFloat() => Normal,
        ElementType.Boolean => WholeNumbers(0, 1),
        _ when bound is { } length => WholeNumbers(0, Math.Max(0, length - 1)),
        ElementType.UInt8 => WholeNumbers(byte.MinValue, byte.MaxValue),
        ElementType.Int8 => WholeNumbers(sbyte.MinValue, sbyte.MaxValue),
        _ => WholeNumbers(0, 1),
    };

    /// <summary>Reads <c>normal</c>, <c>floats:-1..1</c>, <c>ints:0..30521</c>, <c>bools</c>, or a number that is always taken.</summary>
    /// <param name="text">The text.</param>
    /// <param name="values">What it means, if it means anything.</param>
    /// <returns>Whether it does.</returns>
    public static bool TryParse(string text, [NotNullWhen(true)] out DrawnValues? values)
    {
        values = text switch
        {
            NormalText => Normal,
            Booleans => WholeNumbers(0, 1),
            _ when text.StartsWith(Floats, StringComparison.Ordinal) => Range(DrawnKind.Floats, text[Floats.Length..]),
            _ when text.StartsWith(Integers, StringComparison.Ordinal) => Range(DrawnKind.Integers, text[Integers.Length..]),
            _ => Constant(text),
        };
        return values is not null;
    }

    /// <summary>Whether a text is meant to be one, right or wrong: such a text is no path of a file.</summary>
    /// <param name="text">The text.</param>
    public static bool IsMeant(string text) => text is NormalText or Booleans || Constant(text) is not null
        || text.StartsWith(Floats, StringComparison.Ordinal) || text.StartsWith(Integers, StringComparison.Ordinal);

    /// <summary>Why numbers so drawn do not fit an input.</summary>
    /// <param name="type">The input's type.</param>
    /// <param name="bound">What they must be below, where they are places in a table; null if that is not known.</param>
    /// <returns>One sentence; null if they fit.</returns>
    public string? WhyNot(ElementType type, long? bound)
    {
        if (!type.IsFloat() && Kind != DrawnKind.Integers)
        {
            return $"found {this} for numbers of type {type.Name()}; expected ints:LOW..HIGH.";
        }

        var (lowest, highest) = type switch
        {
            ElementType.Boolean => (0, 1),
            ElementType.UInt8 => (byte.MinValue, byte.MaxValue),
            ElementType.Int8 => (sbyte.MinValue, sbyte.MaxValue),
            ElementType.UInt16 => (ushort.MinValue, ushort.MaxValue),
            ElementType.Int16 => (short.MinValue, short.MaxValue),
            ElementType.Int32 => (int.MinValue, int.MaxValue),
            _ => (double.NegativeInfinity, double.PositiveInfinity),
        };
        // Places may also be counted from the end, as ONNX's Gather allows.
        return Kind == DrawnKind.Integers && (Low < lowest || High > highest)
            ? string.Create(CultureInfo.InvariantCulture, $"found {this}; numbers of type {type.Name()} are {lowest} to {highest}.")
            : bound is { } length && (High >= length || Low < -length)
            ? $"found {this}; they are places in a table of {length}: expected numbers from 0 to {length - 1}."
            : null;
    }

    /// <summary>Draws numbers.</summary>
    /// <param name="random">Where they come from.</param>
    /// <param name="destination">Receives them.</param>
    public void Draw(ref SeededRandom random, Span<double> destination)
    {
        for (var i = 0; i < destination.Length; i++)
        {
            destination[i] = Kind switch
            {
                DrawnKind.Normal => random.NextNormal(),
                DrawnKind.Floats => random.Between(Low, High),
                _ => Low + Math.Floor(random.NextDouble() * (High - Low + 1)),
            };
        }
    }

    /// <summary>The text that <see cref="TryParse"/> reads.</summary>
    public override string ToString() => Kind == DrawnKind.Normal ? NormalText
        : Low == High ? Low.ToString(CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{(Kind == DrawnKind.Floats ? Floats : Integers)}{Low}..{High}");

    /// <summary>Whether <see cref="For"/> knows nothing of an input but its type, and the type says nothing.</summary>
    /// <param name="name">The input's name.</param>
    /// <param name="type">The type.</param>
    /// <param name="bound">What they must be below; null if that is not known.</param>
    public static bool IsGuess(string name, ElementType type, long? bound) => bound is null
        && type is ElementType.Int16 or ElementType.UInt16 or ElementType.Int32 or ElementType.Int64
        && !name.Contains("mask", StringComparison.OrdinalIgnoreCase);

    private static DrawnValues? Constant(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? new DrawnValues(IsWhole(number) ? DrawnKind.Integers : DrawnKind.Floats, number, number)
            : null;

    private static DrawnValues? Range(DrawnKind kind, string text)
    {
        const NumberStyles style = NumberStyles.Float;
        return text.Split("..") is [var low, var high]
            && double.TryParse(low, style, CultureInfo.InvariantCulture, out var from) && double.IsFinite(from)
            && double.TryParse(high, style, CultureInfo.InvariantCulture, out var to) && double.IsFinite(to) && from <= to
            && (kind == DrawnKind.Floats || (IsWhole(from) && IsWhole(to)))
                ? new DrawnValues(kind, from, to)
                : null;
    }

    private static bool IsWhole(double number) => number == Math.Floor(number) && Math.Abs(number) <= LargestInteger;
}

/// <summary>A distribution.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<DrawnKind>))]
public enum DrawnKind
{
    /// <summary>Mean 0, standard deviation 1.</summary>
    Normal,

    /// <summary>Uniform between two numbers.</summary>
    Floats,

    /// <summary>Whole numbers between two, each as likely as the others.</summary>
    Integers,
}
