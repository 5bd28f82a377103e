using System.Text.RegularExpressions;

namespace Bench.Inference.OnnxRuntime.Plugins;

/// <summary>A library with an execution provider of ONNX Runtime that is installed and updated apart from it.</summary>
/// <param name="Name">What the user calls it: the backend is <c>ort-NAME</c>.</param>
/// <param name="Path">The full path of the library.</param>
/// <remarks>https://onnxruntime.ai/docs/execution-providers/plugin-ep-libraries/.</remarks>
public sealed partial record PluginLibrary(string Name, string Path)
{
    private const string BackendStart = "ort-";

    /// <summary>What is expected, in words.</summary>
    public const string Expected = "NAME=PATH with a name of lower-case letters, digits and hyphens, as in openvino=/opt/ep/libonnxruntime_"
        + "providers_openvino_plugin.so";

    /// <summary>The backend's name in cell ids.</summary>
    public string BackendId => BackendStart + Name;

    /// <summary>Whether a backend is one of these: of ONNX Runtime, and none that Bench knows by itself.</summary>
    /// <param name="backendId">Its name, without a version.</param>
    public static bool IsBackend(string backendId) =>
        backendId.StartsWith(BackendStart, StringComparison.Ordinal) && !BackendCatalogue.BuiltIn.Contains(backendId);

    /// <summary>Reads what a user wrote.</summary>
    /// <param name="text">A name and a path.</param>
    /// <param name="folder">What a relative path begins at.</param>
    /// <returns>The library; null if the text names none.</returns>
    public static PluginLibrary? Parse(string text, string folder) =>
        text.Split('=', 2) is [var name, { Length: > 0 } path] && NamePattern().IsMatch(name)
            && !BackendCatalogue.BuiltIn.Contains(BackendStart + name)
            ? new PluginLibrary(name, System.IO.Path.GetFullPath(path, folder))
            : null;

    /// <summary>As <see cref="Parse"/> reads it.</summary>
    public override string ToString() => $"{Name}={Path}";

    [GeneratedRegex(@"\A[a-z][a-z0-9]*(-[a-z0-9]+)*\z")]
    private static partial Regex NamePattern();
}
