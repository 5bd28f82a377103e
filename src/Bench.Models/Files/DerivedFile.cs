using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Bench.Models.Files;

/// <summary>A file that Bench makes of others and keeps in a cache folder.</summary>
internal static class DerivedFile
{
    private const int KeyLength = 12;

    /// <summary>What stands for a recipe in a file's name: another recipe has another name.</summary>
    /// <param name="recipe">Everything that the file depends on.</param>
    /// <returns>The first 12 digits of the recipe's SHA-256, in lower-case hex.</returns>
    public static string Key(string recipe) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(recipe)))[..KeyLength];

    /// <summary>Makes a file with a report beside it of what became of its source, or finds both.</summary>
    /// <param name="path">The file.</param>
    /// <param name="make">Makes both.</param>
    /// <returns>The report.</returns>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public static T WithReport<T>(string path, Func<(T Report, Action<Stream> Content)> make)
        where T : class
    {
        var reportPath = path + ".json";
        if (File.Exists(path) && Read<T>(reportPath) is { } known)
        {
            return known;
        }

        var (report, content) = make();
        Write(reportPath, stream => JsonSerializer.Serialize(stream, report));
        Write(path, content);
        return report;
    }

    /// <summary>Writes the file; one that stands there is replaced only once the new one is whole.</summary>
    /// <param name="path">Where to write it.</param>
    /// <param name="content">Writes what is in it.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, Action<Stream> content)
    {
        var partial = FormattableString.Invariant($"{path}.{Environment.ProcessId}.partial");
        using (var file = File.Create(partial))
        {
            content(file);
        }

        File.Move(partial, path, overwrite: true);
    }

    private static T? Read<T>(string path)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(File.ReadAllBytes(path));
        }
        catch (Exception e) when (e is IOException or JsonException)
        {
            return null;
        }
    }
}
