namespace Bench.Arrays.Npy;

/// <summary>The element types of <c>.npy</c> files that Bench reads: little-endian numbers.</summary>
public enum NpyElementType
{
    /// <summary><c>|b1</c>: one byte, 0 or 1.</summary>
    Boolean,

    /// <summary><c>|u1</c>.</summary>
    UInt8,

    /// <summary><c>|i1</c>.</summary>
    Int8,

    /// <summary><c>&lt;u2</c>.</summary>
    UInt16,

    /// <summary><c>&lt;i2</c>.</summary>
    Int16,

    /// <summary><c>&lt;i4</c>.</summary>
    Int32,

    /// <summary><c>&lt;i8</c>.</summary>
    Int64,

    /// <summary><c>&lt;f2</c>: IEEE 754 binary16.</summary>
    Float16,

    /// <summary><c>&lt;f4</c>: IEEE 754 binary32.</summary>
    Float32,

    /// <summary><c>&lt;f8</c>: IEEE 754 binary64.</summary>
    Float64,
}

/// <summary>What the element types are called in a file and how long they are.</summary>
internal static class NpyElementTypes
{
    // In the order of the enumeration.
    private static readonly (string Descr, NpyElementType Type, int Size)[] All =
    [
        ("|b1", NpyElementType.Boolean, 1),
        ("|u1", NpyElementType.UInt8, 1),
        ("|i1", NpyElementType.Int8, 1),
        ("<u2", NpyElementType.UInt16, 2),
        ("<i2", NpyElementType.Int16, 2),
        ("<i4", NpyElementType.Int32, 4),
        ("<i8", NpyElementType.Int64, 8),
        ("<f2", NpyElementType.Float16, 2),
        ("<f4", NpyElementType.Float32, 4),
        ("<f8", NpyElementType.Float64, 8),
    ];

    public static string Names { get; } = string.Join(", ", All.Select(entry => entry.Descr));

    public static bool TryParse(string descr, out NpyElementType type)
    {
        foreach (var entry in All)
        {
            if (entry.Descr == descr)
            {
                type = entry.Type;
                return true;
            }
        }

        type = default;
        return false;
    }

    public static string Descr(this NpyElementType type) => All[(int)type].Descr;

    public static int Size(this NpyElementType type) => All[(int)type].Size;
}
