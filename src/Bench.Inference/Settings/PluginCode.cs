using System.Globalization;
using System.Text.Json;

namespace Bench.Inference.Settings;

/// <summary>Writes how a program takes a provider from a library of its own.</summary>
internal static class PluginCode
{
    /// <summary>What happens once in a process, in C#.</summary>
    /// <param name="plugin">The library.</param>
    public static string OnceInCSharp(PluginSettings plugin) => string.Create(CultureInfo.InvariantCulture,
        $"    // Once in a process; where the library lies is yours to say.\n    static TunedSession() =>\n")
        + $"        OrtEnv.Instance().RegisterExecutionProviderLibrary({Quoted(plugin.Name)}, {Quoted(plugin.Path)});\n\n";

    /// <summary>What happens for each session, in C#.</summary>
    /// <param name="plugin">The library.</param>
    /// <param name="provider">The provider's name.</param>
    /// <param name="options">Its options, as an expression.</param>
    public static string InCSharp(PluginSettings plugin, string provider, string options) =>
        $"        var devices = OrtEnv.Instance().GetEpDevices().Where(device => device.EpName == {Quoted(provider)}).ToList();\n"
        + $"        options.AppendExecutionProvider(OrtEnv.Instance(), new[] {{ {Devices(plugin)} }}, {options});\n";

    /// <summary>What happens once in a process, in Python.</summary>
    /// <param name="plugin">The library.</param>
    public static string OnceInPython(PluginSettings plugin) => "# Once in a process; where the library lies is yours to say.\n"
        + $"onnxruntime.register_execution_provider_library({Quoted(plugin.Name)}, {Quoted(plugin.Path)})\n";

    /// <summary>What happens for each session, in Python.</summary>
    /// <param name="plugin">The library.</param>
    /// <param name="provider">The provider's name.</param>
    /// <param name="options">Its options, as an expression.</param>
    public static string InPython(PluginSettings plugin, string provider, string options) =>
        $"    devices = [device for device in onnxruntime.get_ep_devices() if device.ep_name == {Quoted(provider)}]\n"
        + $"    options.add_provider_for_devices([{Devices(plugin)}], {options})\n";

    private static string Devices(PluginSettings plugin) => string.Join(", ", plugin.Devices.Select(place =>
        FormattableString.Invariant($"devices[{place}]")));

    private static string Quoted(string text) => JsonSerializer.Serialize(text);
}
