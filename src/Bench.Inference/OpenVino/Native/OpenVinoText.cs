using System.Runtime.InteropServices;

namespace Bench.Inference.OpenVino.Native;

/// <summary>What OpenVINO's C library tells in texts, and is told.</summary>
internal static unsafe class OpenVinoText
{
    /// <summary>Whether variadic arguments lie on the stack even where registers are free.</summary>
    private static readonly bool HasVariadicsOnStack =
        OperatingSystem.IsMacOS() && RuntimeInformation.ProcessArchitecture == Architecture.Arm64;

    /// <summary>The version of the loaded library, with its build: <c>2026.4.1-20426-...</c>.</summary>
    /// <exception cref="InferenceException">It cannot tell.</exception>
    public static string Version()
    {
        VersionTexts version;
        OpenVinoStatus.ThrowIfFailed(OpenVinoApi.GetVersion(&version), "cannot tell its version");
        var build = Marshal.PtrToStringUTF8(version.BuildNumber) ?? "unknown";
        OpenVinoApi.FreeVersion(&version);
        return build;
    }

    /// <summary>The devices of this machine.</summary>
    /// <param name="core">The core.</param>
    /// <exception cref="InferenceException">It cannot tell.</exception>
    public static List<string> Devices(nint core)
    {
        TextList list;
        OpenVinoStatus.ThrowIfFailed(OpenVinoApi.GetAvailableDevices(core, &list), "cannot list its devices");
        var devices = new List<string>();
        for (nuint i = 0; i < list.Count; i++)
        {
            devices.Add(Marshal.PtrToStringUTF8(list.Texts[i])!);
        }

        OpenVinoApi.FreeAvailableDevices(&list);
        return devices;
    }

    /// <summary>Sets a property of a device, for what is compiled after that.</summary>
    /// <exception cref="InferenceException">The device has no such property, or no such value.</exception>
    public static void Set(nint core, string device, string key, string value) => OpenVinoStatus.ThrowIfFailed(
        HasVariadicsOnStack
            ? OpenVinoApi.SetPropertyOnStack(core, device, 0, 0, 0, 0, 0, 0, key, value)
            : OpenVinoApi.SetProperty(core, device, key, value),
        $"does not set {key}={value} of {device}");

    /// <summary>A property of a device; null if it has none of this name.</summary>
    public static string? Get(nint core, string device, string key)
    {
        nint value = 0;
        return OpenVinoApi.GetProperty(core, device, key, &value) == 0 ? OpenVinoStatus.Take(value) : null;
    }

    /// <summary>A property of a compiled network; null if it has none of this name.</summary>
    public static string? Get(nint compiled, string key)
    {
        nint value = 0;
        return OpenVinoApi.GetCompiledProperty(compiled, key, &value) == 0 ? OpenVinoStatus.Take(value) : null;
    }
}
