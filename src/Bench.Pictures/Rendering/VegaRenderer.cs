using System.Globalization;
using Acornima.Ast;
using Jint;
using Jint.Native;

namespace Bench.Pictures.Rendering;

/// <summary>Draws Vega-Lite specifications as SVG, without Node.js and without a browser.</summary>
/// <remarks>Not safe for several threads at once. Text is measured by an estimate of Vega's own, so that a picture does not depend on the
/// machine's fonts.</remarks>
public sealed class VegaRenderer : IDisposable
{
    private static readonly Lazy<IReadOnlyList<Prepared<Script>>> Scripts = new(() =>
    [
        Engine.PrepareScript(Resources.Read("shims.js"), "shims.js"),
        Engine.PrepareScript(Resources.Bundle(Resources.Vega), Resources.Vega),
        Engine.PrepareScript(Resources.Bundle(Resources.VegaLite), Resources.VegaLite),
    ]);

    private readonly Engine _engine;
    private readonly JsValue _render;
    private readonly List<string> _warnings = [];

    /// <summary>Loads Vega-Lite.</summary>
    /// <exception cref="PicturesUnavailableException">It was not there when this library was built.</exception>
    public VegaRenderer()
    {
        _engine = new Engine(options => options.LocalTimeZone(TimeZoneInfo.Utc).Culture(CultureInfo.InvariantCulture));
        _engine.SetValue("__say", new Action<string, string>((_, message) => _warnings.Add(message)));
        foreach (var script in Scripts.Value)
        {
            _engine.Execute(script);
        }

        _render = _engine.GetValue("__render");
    }

    /// <summary>Draws a specification.</summary>
    /// <param name="specification">The specification, its data in it.</param>
    /// <returns>The SVG: light, and dark where the viewer prefers it.</returns>
    /// <exception cref="InvalidOperationException">Vega-Lite refuses it, or has something to say of it:
    /// a picture that might be wrong is none.</exception>
    public string ToSvg(string specification)
    {
        _warnings.Clear();
        try
        {
            var svg = _engine.Invoke(_render, specification).UnwrapIfPromise().AsString();
            return _warnings.Count == 0
                ? SvgTheme.Apply(svg)
                : throw new InvalidOperationException($"Vega-Lite says: {string.Join("; ", _warnings)}");
        }
        catch (JintException e)
        {
            throw new InvalidOperationException($"Vega-Lite cannot draw this: {e.Message}", e);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _engine.Dispose();
}
