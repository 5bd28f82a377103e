using System.Globalization;
using Bench.Inference.Knobs;
using Bench.Inference.OpenVino.Native;

namespace Bench.Inference.OpenVino;

/// <summary>What devices are told before a network is compiled for them.</summary>
/// <remarks>https://docs.openvino.ai/2025/openvino-workflow/running-inference/optimize-inference/high-level-performance-hints.html and
/// the pages of the devices.</remarks>
internal static class OpenVinoSettings
{
    public const string PrecisionHint = "INFERENCE_PRECISION_HINT";
    public const string Streams = "NUM_STREAMS";
    public const string Threads = "INFERENCE_NUM_THREADS";

    private const string PerformanceHint = "PERFORMANCE_HINT";
    private const string Profiling = "PERF_COUNT";

    /// <summary>Sets them.</summary>
    /// <param name="core">The core.</param>
    /// <param name="device">What the network will be compiled for.</param>
    /// <param name="request">How it is to run.</param>
    /// <param name="trace">Whether the time of every node is taken.</param>
    /// <returns>The device, without those that cannot compute in the precision.</returns>
    /// <exception cref="InferenceException">No device can; the message has OpenVINO's own words.</exception>
    public static OpenVinoDevice Apply(nint core, OpenVinoDevice device, SessionRequest request, bool trace)
    {
        var refusals = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var hardware in device.Hardware)
        {
            try
            {
                // Otherwise OpenVINO computes in half precision of its own accord where the device can.
                OpenVinoText.Set(
                    core, hardware, PrecisionHint, OpenVinoTypes.HintFor(request.Precision, OpenVinoDevice.KindOf(hardware)));
            }
            catch (InferenceException e) when (device.IsAuto)
            {
                refusals[hardware] = e.Message;
                continue;
            }

            Apply(core, hardware, request, trace);
        }

        if (device.IsAuto)
        {
            OpenVinoText.Set(core, OpenVinoDevice.Auto, PerformanceHint, "LATENCY");
            // Otherwise the first requests run on the processor while another device is made ready, and failed ones run elsewhere.
            OpenVinoText.Set(core, OpenVinoDevice.Auto, "ENABLE_STARTUP_FALLBACK", "NO");
            OpenVinoText.Set(core, OpenVinoDevice.Auto, "ENABLE_RUNTIME_FALLBACK", "NO");
            if (trace)
            {
                OpenVinoText.Set(core, OpenVinoDevice.Auto, Profiling, "YES");
            }
        }

        return device.Without(refusals);
    }

    private static void Apply(nint core, string hardware, SessionRequest request, bool trace)
    {
        OpenVinoText.Set(core, hardware, PerformanceHint, "LATENCY");
        // Those of neural processors can only be read.
        if (OpenVinoDevice.KindOf(hardware) != OpenVinoDevice.Neural)
        {
            OpenVinoText.Set(core, hardware, Streams, request.Knobs[KnobCatalogue.Streams]);
        }

        if (request.Knobs.Threads() is { } threads && hardware == OpenVinoDevice.Processor)
        {
            // The property counts those of all streams together; without it OpenVINO divides its own number among them.
            OpenVinoText.Set(
                core, hardware, Threads, (threads * request.Knobs.Streams).ToString(CultureInfo.InvariantCulture));
        }

        if (trace)
        {
            OpenVinoText.Set(core, hardware, Profiling, "YES");
        }
    }
}
