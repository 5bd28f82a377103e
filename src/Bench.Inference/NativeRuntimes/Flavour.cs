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
/// <param name="Providers">The execution providers that it holds, for example <c>cpu</c> and <c>cuda</c>.</param>
public sealed record Flavour(
    string Engine, Version Version, string Source, string Package, string Rid, string Library, IReadOnlyList<string> Providers)
{
    /// <summary>What the user calls the version of a library of their own.</summary>
    public const string Local = "local";

    /// <summary>The folder of the flavours that were fetched because somebody asked for their version.</summary>
    internal const string FetchedFolder = "fetched";

    private const string FileName = "flavour.json";

    /// <summary>The folder that the libraries lie in.</summary>
    [JsonIgnore]
    public string Folder { get; init; } = string.Empty;

    /// <summary>The folder's name.</summary>
    [JsonIgnore]
    public string Name => Path.GetFileName(Folder);

    /// <summary>The full path of the file to load.</summary>
    [JsonIgnore]
    public string LibraryPath => Path.Combine(Folder, Library);

    /// <summary>Whether it is the user's own build, named by its path.</summary>
    [JsonIgnore]
    public bool IsLocal => Source == Local;

    /// <summary>Whether it was fetched later, because somebody asked for it, and not laid out by the build.</summary>
    [JsonIgnore]
    public bool IsFetched => Path.GetFileName(Path.GetDirectoryName(Folder)) == FetchedFolder;

    /// <summary>The user's own build; what it holds is known only once it is loaded.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="path">The file to load.</param>
    /// <returns>The flavour; its version is 0.0.</returns>
    public static Flavour OfFile(string engine, string path)
    {
        var name = $"{Path.GetFileName(path)} sha256:{FileHash.Short(FileHash.Sha256(path))}";
        return new Flavour(engine, new Version(), Local, name, RuntimeCatalogue.PlatformRid, Path.GetFileName(path), [])
        {
            Folder = Path.GetDirectoryName(path)!,
        };
    }

    /// <summary>Writes <c>flavour.json</c> into <see cref="Folder"/>.</summary>
    public void Write() =>
        File.WriteAllBytes(Path.Combine(Folder, FileName), JsonSerializer.SerializeToUtf8Bytes(this, FlavourJson.Default.Flavour));

    /// <summary>Reads <c>flavour.json</c>.</summary>
    /// <param name="folder">The folder that it lies in.</param>
    /// <returns>The flavour, or null if there is none or it is damaged.</returns>
    internal static Flavour? Read(string folder)
    {
        try
        {
            var text = File.ReadAllBytes(Path.Combine(folder, FileName));
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
