using System.Globalization;
using Microsoft.ML.OnnxRuntime;

namespace Bench.Inference.OnnxRuntime.Plugins;

/// <summary>A device of the machine, as ONNX Runtime finds it by itself.</summary>
/// <param name="Kind"><c>cpu</c>, <c>gpu</c> or <c>npu</c>.</param>
/// <param name="Vendor">Its vendor, in words or as a number in hex.</param>
/// <param name="Id">The vendor's number for the model, in hex.</param>
/// <param name="Metadata">What else is known of it.</param>
public sealed record PluginDevice(string Kind, string Vendor, string Id, IReadOnlyDictionary<string, string> Metadata)
{
    // onnxruntime_ep_device_ep_metadata_keys.h, and the device discovery of ONNX Runtime for Windows and Linux.
    private const string IsVirtualKey = "is_virtual";
    private const string DescriptionKey = "Description";
    private const string PciBusKey = "pci_bus_id";
    private const string LuidKey = "LUID";
    private const string Processor = "cpu";

    /// <summary>What people call it.</summary>
    public string Text => $"{Kind.ToUpperInvariant()} {Vendor} {Id}"
        + (Metadata.GetValueOrDefault(DescriptionKey) is { Length: > 0 } description
            ? $" ({SessionFacts.PlainDevice(description)})"
            : string.Empty);

    /// <summary>The same where ONNX Runtime is loaded in this process; null where it is not.</summary>
    /// <exception cref="InferenceException">It cannot tell.</exception>
    public static IReadOnlyList<PluginDevice>? HereIfLoaded()
    {
        try
        {
            return OrtLibrary.LoadedVersion is null ? null : Here();
        }
        catch (OnnxRuntimeException e)
        {
            throw new InferenceException($"ONNX Runtime cannot tell which devices there are: {OrtWords.Of(e)}.", e);
        }
    }

    /// <summary>Whether it is the processor of this machine.</summary>
    internal bool IsProcessor => Kind == Processor && !IsVirtual;

    /// <summary>What a session calls it.</summary>
    internal string Resolved => IsProcessor ? SessionFacts.Processor : Text;

    /// <summary>All devices of this machine that ONNX Runtime finds by itself.</summary>
    /// <remarks>ONNX Runtime is loaded before.</remarks>
    public static IReadOnlyList<PluginDevice> Here() => [.. OrtEnv.Instance().GetHardwareDevices().Select(Of)];

    /// <summary>Whether it is not there: something to compile for.</summary>
    internal bool IsVirtual => Metadata.GetValueOrDefault(IsVirtualKey) == "1";

    /// <summary>The same as a session tells it.</summary>
    internal DeviceFacts Facts => IsProcessor ? DeviceFacts.Processor : new DeviceFacts(Text, IsVirtual)
    {
        PciBusId = Metadata.GetValueOrDefault(PciBusKey),
        Luid = long.TryParse(Metadata.GetValueOrDefault(LuidKey), CultureInfo.InvariantCulture, out var luid) ? $"0x{luid:x}" : null,
    };

    internal static PluginDevice Of(OrtHardwareDevice device) => new(
        device.Type.ToString().ToLowerInvariant(),
        device.Vendor is { Length: > 0 } vendor ? SessionFacts.PlainDevice(vendor) : FormattableString.Invariant($"0x{device.VendorId:x4}"),
        FormattableString.Invariant($"0x{device.DeviceId:x4}"),
        new SortedDictionary<string, string>(
            device.Metadata.Entries.ToDictionary(entry => entry.Key, entry => entry.Value), StringComparer.Ordinal));
}
