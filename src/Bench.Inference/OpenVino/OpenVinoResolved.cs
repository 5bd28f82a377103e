using System.Globalization;
using System.Text.RegularExpressions;
using Bench.Inference.Knobs;
using Bench.Inference.OpenVino.Native;

namespace Bench.Inference.OpenVino;

/// <summary>How OpenVINO resolved what it was asked for.</summary>
/// <param name="Device">The device that computes, by OpenVINO's name.</param>
/// <param name="FullName">What the device calls itself; null if it does not.</param>
/// <param name="Settings">Properties of the compiled network, by OpenVINO's names; those of a device that OpenVINO chose, too.</param>
internal sealed partial record OpenVinoResolved(string Device, string? FullName, IReadOnlyDictionary<string, string> Settings)
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
    /// <exception cref="InferenceException">OpenVINO does not compute in the precision that was asked for, or on one device that was told
    /// how to.</exception>
    public static OpenVinoResolved Read(nint core, nint network, OpenVinoDevice target, SessionRequest request)
    {
        // AUTO has few properties of its own; those of the network that it compiled for a device are one of them.
        var ofDevice = target.IsAuto ? Values(OpenVinoText.Get(network, "DEVICE_PROPERTIES")) : [];
        var settings = new Dictionary<string, string>();
        foreach (var key in Told)
        {
            if ((OpenVinoText.Get(network, key) ?? ofDevice.GetValueOrDefault(key)) is { } value)
            {
                settings[key] = value;
            }
        }

        var device = target.IsAuto ? Chosen(settings.GetValueOrDefault(ExecutionDevices), target) : target.Name;
        ThrowIfLess(settings.GetValueOrDefault(OpenVinoSettings.PrecisionHint), device, request);
        foreach (var (left, reason) in target.LeftOut)
        {
            settings[$"left out: {left}"] = reason;
        }

        return new OpenVinoResolved(device, OpenVinoText.Get(core, device, "FULL_DEVICE_NAME"), settings);
    }

    /// <summary>The properties in a text such as <c>{GPU:{NUM_STREAMS:1,PERF_COUNT:NO}}</c>, whatever they are nested in.</summary>
    internal static Dictionary<string, string> Values(string? properties) => Property().Matches(properties ?? string.Empty)
        .GroupBy(match => match.Groups["key"].Value).ToDictionary(same => same.Key, same => same.First().Groups["value"].Value);

    /// <summary>What a run records.</summary>
    public SessionFacts Facts() => new()
    {
        Version = OpenVinoText.Version(),
        Device = IsProcessor ? null : SessionFacts.PlainDevice(FullName ?? Device),
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

    // OpenVINO counts those of all streams together, which need not have the same number.
    private string ThreadsOfAStream() =>
        IsProcessor && Number(OpenVinoSettings.Threads) is { } threads && Number(OpenVinoSettings.Streams) is > 0 and var streams
        && threads % streams == 0
            ? (threads / streams).ToString(CultureInfo.InvariantCulture)
            : Unknown;

    private int? Number(string key) =>
        int.TryParse(Settings.GetValueOrDefault(key), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    // In brackets is a device that computes until another is ready, which was forbidden.
    private static string Chosen(string? devices, OpenVinoDevice target) =>
        devices?.Split((char[])[' ', ','], StringSplitOptions.RemoveEmptyEntries) is [var device] && target.Includes(device) ? device
        : throw new InferenceException($"OpenVINO's AUTO tells '{devices ?? "nothing"}' as what it runs on; expected one of "
            + $"{string.Join(", ", target.Hardware)}. Name the device instead.");

    private static void ThrowIfLess(string? hint, string device, SessionRequest request)
    {
        var asked = OpenVinoTypes.HintFor(request.Precision, OpenVinoDevice.KindOf(device));
        if (asked == OpenVinoTypes.Single && hint is not null && hint != asked)
        {
            throw new InferenceException($"OpenVINO was told to compute in {asked} on {device}, and says that it computes in {hint}.");
        }
    }

    [GeneratedRegex(@"(?<![^{,])(?<key>[A-Z_0-9]+):(?<value>[^{},]*)")]
    private static partial Regex Property();
}
