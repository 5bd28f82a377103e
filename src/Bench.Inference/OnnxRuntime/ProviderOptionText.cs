namespace Bench.Inference.OnnxRuntime;

/// <summary>Reads what a provider says of its options: <c>name=value</c>, with semicolons between.</summary>
internal static class ProviderOptionText
{
    /// <returns>Names and values; what has no equals sign is left out.</returns>
    public static Dictionary<string, string> Parse(string text)
    {
        var options = new Dictionary<string, string>();
        foreach (var part in text.Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            if (part.Split('=', 2) is [var name, var value])
            {
                options[name.Trim()] = value.Trim();
            }
        }

        return options;
    }
}
