using System.Globalization;
using Bench.Inference.Knobs;
using Bench.Inference.Settings;
using Microsoft.ML.OnnxRuntime;

namespace Bench.Inference.OnnxRuntime.Xnnpack;

/// <summary>ONNX Runtime's XNNPACK provider: kernels for Arm and other processors, where they are compiled in.</summary>
/// <remarks>https://onnxruntime.ai/docs/execution-providers/Xnnpack-ExecutionProvider.html: it has a pool of threads of its own, and the
/// session's is better left at one thread then.</remarks>
internal sealed class XnnpackProvider : OrtProvider
{
    private const string Threads = "intra_op_num_threads";

    public override string BackendId => "ort-xnnpack";

    public override string Description => "ONNX Runtime, XNNPACK provider, on the processor";

    public override string Key => "xnnpack";

    public override string ProfileName => "XnnpackExecutionProvider";

    public override string Remedy => "official builds for computers have none: build ONNX Runtime with --use_xnnpack, and measure it as "
        + "--backends ort-xnnpack@local --ort-library PATH.";

    // No feed has such a build, so that none is looked for.
    public override bool? HasItsDevice => false;

    public override SessionSettings Written(SessionSettings settings, SessionRequest request) =>
        settings with
        {
            Provider = ProfileName,
            ProviderOptions = Settings(request),
            IntraOpThreads = Settings(request).ContainsKey(Threads) ? 1 : settings.IntraOpThreads,
        };

    public override OrtSetup Configure(SessionOptions options, SessionRequest request)
    {
        var settings = Settings(request);
        if (settings.ContainsKey(Threads))
        {
            options.IntraOpNumThreads = 1;
        }

        options.AppendExecutionProvider("XNNPACK", settings);
        return OrtSetup.AsAsked(settings, request);
    }

    // One pool of threads computes one request.
    public override bool AllowsConcurrentRuns(SessionRequest request) => false;

    /// <summary>The provider's options for a request.</summary>
    internal static Dictionary<string, string> Settings(SessionRequest request)
    {
        var settings = ProviderOptions.In(request.Knobs);
        if (request.Knobs.Threads() is { } threads)
        {
            settings[Threads] = threads.ToString(CultureInfo.InvariantCulture);
        }

        return settings;
    }
}
