using System.Text.Json;

namespace Bench.Analysis.Json;

/// <summary>What is wrong with a JSON text, without the words of the library that read it.</summary>
internal static class JsonFault
{
    private const string Conversion = "The JSON value could not be converted";
    private const string PathOf = " Path: ";

    /// <summary>Where and what: <c>all.threshold: expected another kind of value (line 3)</c>.</summary>
    public static string Of(JsonException fault)
    {
        var end = fault.Message.IndexOf(PathOf, StringComparison.Ordinal);
        var message = (end < 0 ? fault.Message : fault.Message[..end]).TrimEnd('.', ' ', '|');
        var what = message.StartsWith(Conversion, StringComparison.Ordinal) ? "expected another kind of value" : message;
        var where = fault.Path is { Length: > 2 } path ? $"{path[2..]}: " : string.Empty;
        var line = fault.LineNumber is { } number ? FormattableString.Invariant($" (line {number + 1})") : string.Empty;
        return $"{where}{what}{line}.";
    }
}
