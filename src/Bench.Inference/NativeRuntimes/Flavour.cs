using System.Text.Json;
using System.Text.Json.Serialization;

namespace Bench.Inference.NativeRuntimes;

/// <summary>One build of an engine's native libraries, in a folder of its own: <c>runtimes/&lt;flavour&gt;/</c>.</summary>
/// <param name="Engine">The engine, for example <c>onnxruntime</c>.</param>
/// <param name="Version">Its version.</param>
/// <param name="Source"><c>nuget</c> or <c>npm</c>.</param>
/// <param name="Package">The package and its version.</param>
/// <param name="Rid">The platform that it is for, as .NET names it.</param>
/// <param name="Library">The file to load.</param>
public sealed record Flavour(string Engine, Version Version, string Source, string Package, string Rid, string Library)
{
    /// <summary>The folder that the libraries lie in.</summary>
    [JsonIgnore]
    public string Folder { get; init; } = string.Empty;

    /// <summary>The folder's name.</summary>
    [JsonIgnore]
    public string Name => Path.GetFileName(Folder);

    /// <summary>The full path of the file to load.</summary>
    [JsonIgnore]
    public string LibraryPath => Path.Combine(Folder, Library);

    /// <summary>Reads <c>flavour.json</c>.</summary>
    /// <param name="folder">The folder that it lies in.</param>
    /// <returns>The flavour, or null if there is none or it is damaged.</returns>
    internal static Flavour? Read(string folder)
    {
        try
        {
            var text = File.ReadAllBytes(Path.Combine(folder, "flavour.json"));
            return JsonSerializer.Deserialize(text, FlavourJson.Default.Flavour) is { } flavour ? flavour with { Folder = folder } : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }
}

/// <summary>How <c>flavour.json</c> is read.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(Flavour))]
internal sealed partial class FlavourJson : JsonSerializerContext;
