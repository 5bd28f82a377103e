namespace Bench.Analysis.Exports;

/// <summary>Makes JSON of what BenchmarkDotNet and its users' tools wrote instead: a byte order mark, bare <c>NaN</c> and <c>Infinity</c>
/// (0.12), raw control characters in texts.</summary>
internal static class JsonRepair
{
    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <returns>Whether there was anything to repair.</returns>
    public static bool TryRepair(ReadOnlySpan<byte> json, out byte[] repaired)
    {
        var start = json.StartsWith(ByteOrderMark) ? ByteOrderMark.Length : 0;
        repaired = json[start..].ToArray();
        var changed = start > 0;
        var inText = false;
        for (var i = 0; i < repaired.Length; i++)
        {
            var c = repaired[i];
            if (inText && c == '\\')
            {
                i++;
            }
            else if (c == '"')
            {
                inText = !inText;
            }
            else if (inText && c < 0x20)
            {
                repaired[i] = (byte)' ';
                changed = true;
            }
            else if (!inText && c is (byte)'N' or (byte)'I' or (byte)'-')
            {
                var blanked = Math.Max(Blank(repaired.AsSpan(i), "NaN"u8),
                    Math.Max(Blank(repaired.AsSpan(i), "-Infinity"u8), Blank(repaired.AsSpan(i), "Infinity"u8)));
                changed |= blanked > 0;
                i += Math.Max(0, blanked - 1);
            }
        }

        return changed;
    }

    /// <summary>Overwrites a word with an empty text and blanks.</summary>
    /// <returns>The word's length, or 0 if it does not stand there.</returns>
    private static int Blank(Span<byte> text, ReadOnlySpan<byte> word)
    {
        if (!text.StartsWith(word))
        {
            return 0;
        }

        text[..word.Length].Fill((byte)' ');
        text[0] = text[1] = (byte)'"';
        return word.Length;
    }
}
