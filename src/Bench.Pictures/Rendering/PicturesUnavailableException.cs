namespace Bench.Pictures.Rendering;

/// <summary>The charting library was not there when this one was built.</summary>
public sealed class PicturesUnavailableException()
    : Exception("This bench was built without Vega-Lite, so it draws no pictures. "
        + "Install Node.js 20, with a registry that serves vega and vega-lite, and build again.");
