using System.Globalization;
using Bench.Inference.Knobs;
using Bench.Inference.OpenVino.Native;

namespace Bench.Inference.OpenVino;

/// <summary>How OpenVINO resolved what it was asked for.</summary>
/// <param name="Device">The device that computes, by OpenVINO's name.</param>
/// <param name="FullName">What the device calls itself; null if it does not.</param>
/// <param name="Settings">Properties of the compiled network, by OpenVINO's names.</param>
internal sealed record OpenVinoResolved(string Device, string? FullName, IReadOnlyDictionary<string, string> Settings)
{
    private const string Unknown = "unknown";
    private const string ExecutionDevices = "EXECUTION_DEVICES";
    private const string Pinning = "ENABLE_CPU_PINNING";

    // Which of them a device has differs from device to device, and from version to version.
    private static readonly string[] Told =
    [
        "PERFORMANCE_HINT", "EXECUTION_MODE_HINT", OpenVinoSettings.PrecisionHint, OpenVinoSettings.Streams, OpenVinoSettings.Threads,
        Pinning, "ENABLE_HYPER_THREADING", "SCHEDULING_CORE_TYPE", ExecutionDevices,
    ];

    private bool IsProcessor => OpenVinoDevice.KindOf(Device) == OpenVinoDevice.Processor;

    /// <summary>Reads them.</summary>
    /// <param name="core">The core.</param>
    /// <param name="network">The compiled network.</param>
    /// <param name="target">What it was compiled for.</param>
    /// <param name="request">What was asked for.</param>
    /// <exception cref="InferenceException">OpenVINO does not compute in the precision that was asked for, or on one device.</exception>
    public static OpenVinoResolved Read(nint core, nint network, OpenVinoDevice target, SessionRequest request)
    {
        var settings = Told.Select(key => (Key: key, Value: OpenVinoText.Get(network, key)))
            .Where(setting => setting.Value is not null).ToDictionary(setting => setting.Key, setting => setting.Value!);
        var device = target.IsAuto ? Chosen(settings.GetValueOrDefault(ExecutionDevices)) : target.Name;
        foreach (var key in target.IsAuto ? [OpenVinoSettings.PrecisionHint, OpenVinoSettings.Streams] : Array.Empty<string>())
        {
            if (!settings.ContainsKey(key) && OpenVinoText.Get(core, device, key) is { } value)
            {
                settings[key] = value;
            }
        }

        ThrowIfLess(settings.GetValueOrDefault(OpenVinoSettings.PrecisionHint), device, request);
        return new OpenVinoResolved(device, OpenVinoText.Get(core, device, "FULL_DEVICE_NAME"), settings);
    }

    /// <summary>What a run records.</summary>
    public SessionFacts Facts() => new()
    {
        Version = OpenVinoText.Version(),
        Device = IsProcessor ? null : FullName?.Replace(",", string.Empty, StringComparison.Ordinal) ?? Device,
        Settings = OpenVinoWay.Chosen.Name is { } way ? new Dictionary<string, string>(Settings) { ["API"] = way } : Settings,
        Resolved = new Dictionary<string, string>
        {
            [KnobCatalogue.Threads] = ThreadsOfAStream(),
            [KnobCatalogue.Streams] = Settings.GetValueOrDefault(OpenVinoSettings.Streams, Unknown),
            ["affinity"] = !IsProcessor ? Unknown : Settings.GetValueOrDefault(Pinning) switch
            {
                "YES" or "true" or "1" => "pinned by OpenVINO",
                "NO" or "false" or "0" => "none",
                _ => Unknown,
            },
            [KnobCatalogue.Device] = IsProcessor ? SessionFacts.Processor : Device,
        },
    };

    // OpenVINO counts those of all streams together.
    private string ThreadsOfAStream() =>
        IsProcessor && Number(OpenVinoSettings.Threads) is { } threads && Number(OpenVinoSettings.Streams) is { } streams
            ? Math.Max(1, threads / Math.Max(1, streams)).ToString(CultureInfo.InvariantCulture)
            : Unknown;

    private int? Number(string key) =>
        int.TryParse(Settings.GetValueOrDefault(key), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    // In brackets is a device that computes until another is ready, which was forbidden.
    private static string Chosen(string? devices) =>
        OpenVinoSettings.Names(devices).ToList() is [var device] && !device.StartsWith('(') ? device
        : throw new InferenceException($"OpenVINO's AUTO tells '{devices ?? "nothing"}' as what it runs on; expected one device. "
            + "Name the device instead.");

    private static void ThrowIfLess(string? hint, string device, SessionRequest request)
    {
        var asked = OpenVinoTypes.HintFor(request.Precision, OpenVinoDevice.KindOf(device));
        if (asked == OpenVinoTypes.Single && hint is not null && hint != asked)
        {
            throw new InferenceException($"OpenVINO was told to compute in {asked} on {device}, and says that it computes in {hint}.");
        }
    }
}
