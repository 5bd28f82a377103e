using System.Security.Cryptography;
using System.Text;

namespace Bench.Analysis.Fleets;

/// <summary>Names things by their content.</summary>
internal static class FleetId
{
    private const int Digits = 16;

    /// <summary>A hash over texts in their order.</summary>
    /// <param name="digits">How many hex digits, 64 at most.</param>
    /// <param name="texts">The texts; none holds a zero character.</param>
    public static string Of(int digits, params IReadOnlyList<string> texts) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\0', texts))))[..digits];

    /// <summary>The id of a unit.</summary>
    public static string OfUnit(params IReadOnlyList<string> texts) => Of(Digits, texts);

    /// <summary>A seed that JSON's numbers hold, in [0, 2^53).</summary>
    /// <param name="id">The id of a unit.</param>
    public static ulong Seed(string id) => Convert.ToUInt64(id, 16) >> 11;

    /// <summary>Whether a text is the id of a unit, and so a safe name of a folder.</summary>
    public static bool IsOne(string text) => text.Length == Digits && text.All(char.IsAsciiHexDigitLower);
}
