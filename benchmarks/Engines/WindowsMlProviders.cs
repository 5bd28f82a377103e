using Bench.Inference.OnnxRuntime.Plugins;
using Microsoft.Win32;

namespace Bench.Benchmarks.Engines;

/// <summary>An execution provider that Windows ML has installed.</summary>
/// <param name="Package">The package, with its version.</param>
/// <param name="Library">Its library, under a name that Bench proposes.</param>
internal sealed record WindowsMlProvider(string Package, PluginLibrary Library);

/// <summary>Finds execution providers that Windows ML has installed for this user: packages of the system, each with a library of the kind
/// that <c>--ep-library</c> takes. Nothing of WinRT is called.</summary>
/// <remarks>https://learn.microsoft.com/windows/ai/new-windows-ml/supported-execution-providers</remarks>
internal static class WindowsMlProviders
{
    private const string Repository =
        @"Software\Classes\Local Settings\Software\Microsoft\Windows\CurrentVersion\AppModel\Repository\Packages";

    private const string RootValue = "PackageRootFolder";

    // MicrosoftCorporationII.WinML.Intel.OpenVINO.EP.1.8_1.8.69.0_x64__...
    private const string OfWindowsMl = ".WinML.";
    private const string OfProviders = ".EP.";
    private const string LibraryStart = "onnxruntime_providers_";
    private const string PluginEnding = "_plugin";

    /// <summary>Those of this machine; none on other systems.</summary>
    public static IReadOnlyList<WindowsMlProvider> Here() => OperatingSystem.IsWindows() ? Of(Packages()) : [];

    /// <summary>Those among packages.</summary>
    /// <param name="packages">Full names, and where each package lies.</param>
    internal static IReadOnlyList<WindowsMlProvider> Of(IEnumerable<KeyValuePair<string, string>> packages) =>
    [
        .. packages.Where(package => package.Key.Contains(OfWindowsMl, StringComparison.OrdinalIgnoreCase)
                && package.Key.Contains(OfProviders, StringComparison.OrdinalIgnoreCase))
            .OrderBy(package => package.Key, StringComparer.Ordinal)
            .SelectMany(package => Libraries(package.Value).Select(path => new WindowsMlProvider(package.Key, path))),
    ];

    private static IEnumerable<PluginLibrary> Libraries(string root)
    {
        try
        {
            return Directory.Exists(root)
                ? [.. Directory.GetFiles(root, $"{LibraryStart}*.dll", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
                    .Select(path => PluginLibrary.Parse($"{NameOf(path)}={path}", root)).OfType<PluginLibrary>()]
                : [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Packages of others may not be looked into.
            return [];
        }
    }

    private static string NameOf(string path)
    {
        var name = Path.GetFileNameWithoutExtension(path)[LibraryStart.Length..].ToLowerInvariant();
        return (name.EndsWith(PluginEnding, StringComparison.Ordinal) ? name[..^PluginEnding.Length] : name).Replace('_', '-');
    }

    private static IEnumerable<KeyValuePair<string, string>> Packages()
    {
        if (!OperatingSystem.IsWindows())
        {
            yield break;
        }

        using var all = Registry.CurrentUser.OpenSubKey(Repository);
        foreach (var name in all?.GetSubKeyNames() ?? [])
        {
            using var package = all!.OpenSubKey(name);
            if (package?.GetValue(RootValue) is string root)
            {
                yield return KeyValuePair.Create(name, root);
            }
        }
    }
}
