namespace Bench.Arrays;

/// <summary>The types of numbers in arrays that Bench reads, writes and feeds to networks, little-endian.</summary>
public enum ElementType
{
    /// <summary>One byte, 0 or 1; <c>|b1</c> in <c>.npy</c> files.</summary>
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

/// <summary>What the element types are called and how long they are.</summary>
public static class ElementTypes
{
    // In the order of the enumeration.
    private static readonly (string Descr, ElementType Type, int Size, string Name)[] All =
    [
        ("|b1", ElementType.Boolean, 1, "bool"),
        ("|u1", ElementType.UInt8, 1, "uint8"),
        ("|i1", ElementType.Int8, 1, "int8"),
        ("<u2", ElementType.UInt16, 2, "uint16"),
        ("<i2", ElementType.Int16, 2, "int16"),
        ("<i4", ElementType.Int32, 4, "int32"),
        ("<i8", ElementType.Int64, 8, "int64"),
        ("<f2", ElementType.Float16, 2, "float16"),
        ("<f4", ElementType.Float32, 4, "float32"),
        ("<f8", ElementType.Float64, 8, "float64"),
    ];

    /// <summary>What <c>.npy</c> files call them, with commas between.</summary>
    internal static string Descriptions { get; } = string.Join(", ", All.Select(entry => entry.Descr));

    /// <summary>Bytes of one number.</summary>
    /// <param name="type">Its type.</param>
    public static int Size(this ElementType type) => All[(int)type].Size;

    /// <summary>The name in options, cards and messages, which is also NumPy's.</summary>
    /// <param name="type">The type.</param>
    /// <returns>For example <c>float32</c> or <c>bool</c>.</returns>
    public static string Name(this ElementType type) => All[(int)type].Name;

    /// <summary>Whether it is a type of floating-point numbers.</summary>
    /// <param name="type">The type.</param>
    public static bool IsFloat(this ElementType type) => type >= ElementType.Float16;

    /// <summary>The type of a name.</summary>
    /// <param name="name">What <see cref="Name"/> gives.</param>
    /// <param name="type">The type, if there is one of this name.</param>
    /// <returns>Whether there is one.</returns>
    public static bool TryParseName(string? name, out ElementType type) => TryFind(entry => entry.Name == name, out type);

    /// <summary>What <c>.npy</c> files call it.</summary>
    internal static string Descr(this ElementType type) => All[(int)type].Descr;

    /// <summary>The type that <c>.npy</c> files call so.</summary>
    internal static bool TryParseDescr(string descr, out ElementType type) => TryFind(entry => entry.Descr == descr, out type);

    private static bool TryFind(Predicate<(string Descr, ElementType Type, int Size, string Name)> isIt, out ElementType type)
    {
        var index = Array.FindIndex(All, isIt);
        type = index < 0 ? default : All[index].Type;
        return index >= 0;
    }
}
