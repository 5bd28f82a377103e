using System.Reflection;

namespace Bench.Pictures.Rendering;

/// <summary>What is built into this library.</summary>
internal static class Resources
{
    public const string Vega = "vega.min.js";
    public const string VegaLite = "vega-lite.min.js";

    public static string Read(string name) => Find(name) ?? throw new InvalidOperationException($"There is no resource {name}.");

    /// <summary>Vega or Vega-Lite.</summary>
    /// <exception cref="PicturesUnavailableException">They were not there when this library was built.</exception>
    public static string Bundle(string name) => Find(name) ?? throw new PicturesUnavailableException();

    private static string? Find(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name);
        if (stream is null)
        {
            return null;
        }

        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
