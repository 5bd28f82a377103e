using Bench.Analysis.Json;

namespace Bench.Analysis.Cost;

/// <summary>Writes a price list for programs.</summary>
public static class JsonPrices
{
    /// <summary>Writes a price list as JSON.</summary>
    /// <param name="list">The list.</param>
    /// <returns>The text, with line feeds.</returns>
    public static string Write(PriceList list) => JsonText.Write(list);
}
