using Bench.Inference.OpenVino.Native;
using Bench.Models.Batches;

namespace Bench.Inference.OpenVino;

/// <summary>A network compiled by OpenVINO for one device.</summary>
internal sealed class OpenVinoSession : IInferenceSession
{
    private readonly SessionRequest _request;
    private readonly IOpenVinoCore _core;
    private readonly IOpenVinoNetwork _network;
    private readonly OpenVinoResolved _resolved;

    private OpenVinoSession(SessionRequest request, IOpenVinoCore core, IOpenVinoNetwork network, OpenVinoResolved resolved)
    {
        (_request, _core, _network, _resolved) = (request, core, network, resolved);
        Facts = resolved.Facts();
    }

    public SessionFacts Facts { get; }

    /// <param name="request">Which network, and how.</param>
    /// <param name="device">OpenVINO's name of the device.</param>
    /// <param name="trace">Whether the time of every node is taken, for <see cref="OpenVinoExecution.Profile"/>.</param>
    /// <exception cref="InferenceException">OpenVINO cannot load the network, or has no such device.</exception>
    public static OpenVinoSession Load(SessionRequest request, string device, bool trace)
    {
        var core = OpenVinoWay.Chosen.NewCore();
        IOpenVinoNetwork? network = null;
        try
        {
            var target = OpenVinoSettings.Apply(core.Handle, OpenVinoDevice.Find(device, core.Devices()), request, trace);
            network = core.Compile(ModelPath(request), target.Name);
            ThrowIfUnfit(request, network.Handle);
            return new OpenVinoSession(request, core, network, OpenVinoResolved.Read(core.Handle, network.Handle, target, request));
        }
        catch
        {
            network?.Dispose();
            core.Dispose();
            throw;
        }
    }

    public IExecution NewExecution() => NewOpenVinoExecution();

    internal OpenVinoExecution NewOpenVinoExecution() => new(_request, _core, _network.NewRequest(), _resolved.Device);

    public void Dispose()
    {
        _network.Dispose();
        _core.Dispose();
    }

    // Told of no open axis, OpenVINO compiles for the one shape that is measured.
    private static string ModelPath(SessionRequest request) => request.FreeDimensions.Count == 0 ? request.ModelPath
        : FixedAxes.Make(request.ModelPath, request.ModelSha256, request.FreeDimensions, request.Cache);

    private static unsafe void ThrowIfUnfit(SessionRequest request, nint network)
    {
        nuint inputs, outputs;
        OpenVinoStatus.ThrowIfFailed(OpenVinoApi.CountInputs(network, &inputs), "cannot count the network's inputs");
        OpenVinoStatus.ThrowIfFailed(OpenVinoApi.CountOutputs(network, &outputs), "cannot count the network's outputs");
        if (inputs != (nuint)request.Inputs.Count || outputs != (nuint)request.Outputs.Count || !request.HasFixedOutputs)
        {
            throw new InferenceException($"{request.ModelPath}: found {inputs} inputs and {outputs} outputs; expected "
                + $"{request.Inputs.Count} and {request.Outputs.Count}, the outputs of a length that does not depend on the numbers that "
                + "go in.");
        }
    }
}
