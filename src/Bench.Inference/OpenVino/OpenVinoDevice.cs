namespace Bench.Inference.OpenVino;

/// <summary>What a network is compiled for.</summary>
/// <param name="Name">OpenVINO's name of it: <c>CPU</c>, <c>GPU.1</c>, <c>NPU</c>, or <c>AUTO</c>, which chooses among devices.</param>
/// <param name="Hardware">The devices that it may run on, each of which is told how to compute.</param>
internal sealed record OpenVinoDevice(string Name, IReadOnlyList<string> Hardware)
{
    private static readonly SortedDictionary<string, string> Nothing = [];

    /// <summary>The processor.</summary>
    public const string Processor = "CPU";

    /// <summary>Graphics processors.</summary>
    public const string Graphics = "GPU";

    /// <summary>Neural processors.</summary>
    public const string Neural = "NPU";

    /// <summary>OpenVINO's own choice among the others.</summary>
    public const string Auto = "AUTO";

    /// <summary>Whether OpenVINO chooses the device.</summary>
    public bool IsAuto => Name.StartsWith(Auto, StringComparison.Ordinal);

    /// <summary>Devices that are left out of OpenVINO's choice, with OpenVINO's words why.</summary>
    public IReadOnlyDictionary<string, string> LeftOut { get; private init; } = Nothing;

    /// <summary>Finds a device.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="here">The devices of this machine.</param>
    /// <exception cref="InferenceException">There is none of this name.</exception>
    public static OpenVinoDevice Find(string name, IReadOnlyList<string> here)
    {
        // AUTO leaves neural processors out unless they are named:
        // https://docs.openvino.ai/2025/openvino-workflow/running-inference/inference-devices-and-modes/auto-device-selection.html.
        IReadOnlyList<string> hardware = name == Auto
            ? [.. here.Where(device => KindOf(device) is Processor or Graphics)]
            : here.Any(device => device == name || device.StartsWith(name + ".", StringComparison.Ordinal)) ? [name] : [];
        return hardware.Count > 0 ? new OpenVinoDevice(name, hardware) : throw new InferenceException(
            $"OpenVINO has no device {name} here; its devices are {string.Join(", ", here)}. {Remedy(name)}");
    }

    /// <summary>The same without devices that cannot compute as they are asked to.</summary>
    /// <param name="refusals">Those devices, with OpenVINO's words why.</param>
    /// <exception cref="InferenceException">None is left.</exception>
    public OpenVinoDevice Without(IReadOnlyDictionary<string, string> refusals)
    {
        var left = Hardware.Where(device => !refusals.ContainsKey(device)).ToList();
        return refusals.Count == 0 ? this
            : left.Count == 0 ? throw new InferenceException(string.Join(" ", refusals.Values))
            : new OpenVinoDevice($"{Auto}:{string.Join(",", refusals.Keys.Select(device => "-" + device))}", left) { LeftOut = refusals };
    }

    /// <summary>Whether a device that OpenVINO names is one of those that were told how to compute: the only graphics processor has a
    /// number in some places, and none in others.</summary>
    public bool Includes(string device) => Hardware.Any(known => known == device || known == device + ".0" || device == known + ".0");

    /// <summary>The kind of a device: what its name begins with.</summary>
    public static string KindOf(string device) => device.Split('.')[0];

    private static string Remedy(string name) => KindOf(name) switch
    {
        Graphics => "For Intel's graphics processors install the compute runtime (intel-opencl-icd).",
        Neural => "For Intel's neural processors install their driver (intel-level-zero-npu and intel-driver-compiler-npu on Linux).",
        _ => "Install OpenVINO with the plugin of this device.",
    };
}
