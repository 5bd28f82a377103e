using System.Text.Json;
using Microsoft.ML.OnnxRuntime;

namespace Bench.Inference.OnnxRuntime;

/// <summary>Reads from ONNX Runtime's own profile where each node ran and in what type.</summary>
internal static class OrtProfile
{
    // What TensorRT leaves over computes here, in the same mode of the tensor cores.
    private const string BesideTensorRT = "CUDAExecutionProvider";

    /// <exception cref="InferenceException">The engine failed, or its profile cannot be read.</exception>
    public static ExecutionProfile Record(
        SessionRequest request, SessionOptions options, IReadOnlyList<byte[]> inputs, OrtProvider provider)
    {
        var folder = Directory.CreateTempSubdirectory("bench-profile-");
        try
        {
            // In this order: the prefix is read when profiling is switched on.
            options.ProfileOutputPathPrefix = Path.Combine(folder.FullName, "ort");
            options.EnableProfiling = true;
            using (var session = OrtSession.Load(request, options, provider, SessionFacts.None))
            {
                using var execution = session.NewExecution();
                using var bound = execution.Bind(inputs);
                execution.Run(bound);
            }

            var files = folder.GetFiles();
            return files.Length == 1
                ? Parse(File.ReadAllBytes(files[0].FullName), provider.ProfileName, provider.ReducedFloat(request))
                : throw new InferenceException($"ONNX Runtime wrote {files.Length} profiles; expected one.");
        }
        catch (JsonException e)
        {
            throw new InferenceException($"ONNX Runtime's profile cannot be read: {e.Message}", e);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    internal static ExecutionProfile Parse(ReadOnlyMemory<byte> profile, string ownProvider, string? reducedFloat)
    {
        using var document = JsonDocument.Parse(profile);
        var nodes = new Dictionary<(string Operator, string Provider, string Type), int>();
        foreach (var entry in document.RootElement.EnumerateArray())
        {
            if (Text(entry, "cat") != "Node" || !Text(entry, "name").EndsWith("_kernel_time", StringComparison.Ordinal)
                || !entry.TryGetProperty("args", out var args))
            {
                continue;
            }

            var provider = Text(args, "provider");
            // What a provider in a library of its own compiles together is named after it, with numbers.
            var operation = Text(args, "op_name") is var named && named.StartsWith(provider + '_', StringComparison.Ordinal)
                ? ExecutionProfile.FusedPart
                : named;
            var key = (operation, provider, Arithmetic(operation, provider == ownProvider || provider == BesideTensorRT, FirstType(args)));
            nodes[key] = nodes.GetValueOrDefault(key) + 1;
        }

        // Profiles tell the type of tensors, not the mode that a processor computes them in.
        string Arithmetic(string operation, bool isOwn, string type) =>
            isOwn && reducedFloat is not null && type == "float" && ExecutionProfile.IsWeighty(operation) ? reducedFloat : type;

        return ExecutionProfile.Of(
            nodes.Select(node => new NodeGroup(node.Key.Operator, node.Key.Provider, node.Key.Type, node.Value)),
            group => group.Provider != ownProvider);
    }

    private static string FirstType(JsonElement args) =>
        args.TryGetProperty("input_type_shape", out var inputs) && inputs.GetArrayLength() > 0
            ? inputs[0].EnumerateObject().Select(property => property.Name).FirstOrDefault(string.Empty)
            : string.Empty;

    private static string Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) ? value.GetString() ?? string.Empty : string.Empty;
}
