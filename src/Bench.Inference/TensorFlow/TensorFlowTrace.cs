using Bench.Models.TensorFlow;
using Google.Protobuf;

namespace Bench.Inference.TensorFlow;

/// <summary>Reads from TensorFlow's own trace where each node ran and in what type.</summary>
internal static class TensorFlowTrace
{
    private const string Processor = "CPU";

    // What every run does beside the network.
    private static readonly HashSet<string> Housekeeping = ["Const", "Placeholder", "Identity", "NoOp", "_Arg", "_Retval", "_Send", "_Recv",
        "_HostSend", "_HostRecv"];

    /// <exception cref="InferenceException">The trace cannot be read.</exception>
    public static ExecutionProfile Read(ReadOnlySpan<byte> runMetadata)
    {
        RunMetadata metadata;
        try
        {
            metadata = RunMetadata.Parser.ParseFrom(runMetadata);
        }
        catch (InvalidProtocolBufferException e)
        {
            throw new InferenceException($"TensorFlow's trace cannot be read: {e.Message}", e);
        }

        var nodes = from device in metadata.StepStats?.DevStats ?? []
                    from node in device.NodeStats
                    let operation = Operation(node.TimelineLabel)
                    where operation.Length > 0 && !Housekeeping.Contains(operation)
                    select (Operation: operation, Device: Device(device.Device), Type: Type(node));
        var groups = nodes.GroupBy(node => node)
            .Select(group => new NodeGroup(group.Key.Operation, group.Key.Device, group.Key.Type, group.Count()));
        return ExecutionProfile.Of(groups, group => group.Provider != Processor);
    }

    /// <summary>A label is <c>[memory] name = Operation(inputs)</c>, the operation being that of the optimised graph.</summary>
    private static string Operation(string label)
    {
        var begin = label.IndexOf(" = ", StringComparison.Ordinal);
        var end = begin < 0 ? -1 : label.IndexOf('(', begin);
        return end < 0 ? string.Empty : label[(begin + 3)..end].Trim();
    }

    // "/job:localhost/replica:0/task:0/device:CPU:0" and, on graphics processors, more after it.
    private static string Device(string name)
    {
        const string Mark = "device:";
        var begin = name.IndexOf(Mark, StringComparison.OrdinalIgnoreCase);
        return begin < 0 ? name : name[(begin + Mark.Length)..].Split(':')[0];
    }

    private static string Type(NodeExecStats node) =>
        node.Output.Count == 0 ? string.Empty : (DataType)(node.Output[0].TensorDescription?.Dtype ?? 0) switch
        {
            DataType.DtFloat => "float",
            DataType.DtHalf => "float16",
            DataType.DtInvalid => string.Empty,
            var other => $"type {(int)other}",
        };
}
