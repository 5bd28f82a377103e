using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Bench.Inference.Settings;

/// <summary>Writes settings as code that can be pasted.</summary>
public static class SettingsCode
{
    private static readonly Dictionary<string, string> Appended = new()
    {
        ["DmlExecutionProvider"] = "DML",
        ["WebGpuExecutionProvider"] = "WebGPU",
        ["CoreMLExecutionProvider"] = "CoreML",
        ["XnnpackExecutionProvider"] = "XNNPACK",
    };

    private static readonly JsonWriterOptions Json = new() { Indented = true, NewLine = "\n" };

    /// <summary>A class in C#, for the package <c>Microsoft.ML.OnnxRuntime</c> or the one of the provider.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="title">One line on what they are for.</param>
    public static string CSharp(SessionSettings settings, string title)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"// {title}\n{Comments("//", settings)}");
        text.Append("using System.Collections.Generic;\n").Append(settings.Plugin is null ? string.Empty : "using System.Linq;\n")
            .Append("using Microsoft.ML.OnnxRuntime;\n\npublic static class TunedSession\n{\n");
        text.Append(CultureInfo.InvariantCulture,
            $"    /// <summary>Images in a request.</summary>\n    public const int Batch = {settings.Batch};\n\n");
        text.Append(CultureInfo.InvariantCulture,
            $"    /// <summary>{Streams(settings)}</summary>\n    public const int Streams = {settings.Streams};\n\n");
        text.Append(settings.Plugin is { } plugin ? PluginCode.OnceInCSharp(plugin) : string.Empty);
        text.Append("    public static InferenceSession Load(string path)\n    {\n        using var options = Options();\n"
            + "        return new InferenceSession(path, options);\n    }\n\n    public static SessionOptions Options()\n    {\n"
            + "        var options = new SessionOptions\n        {\n");
        text.Append(CultureInfo.InvariantCulture,
            $"            GraphOptimizationLevel = GraphOptimizationLevel.{Level(settings.Optimisation)},\n");
        text.Append("            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,\n            InterOpNumThreads = 1,\n");
        if (settings.IntraOpThreads is { } threads)
        {
            text.Append(CultureInfo.InvariantCulture, $"            IntraOpNumThreads = {threads},\n");
        }

        text.Append("        };\n");
        foreach (var (name, value) in settings.ConfigEntries)
        {
            text.Append(CultureInfo.InvariantCulture, $"        options.AddSessionConfigEntry({Quoted(name)}, {Quoted(value)});\n");
        }

        foreach (var (name, length) in settings.FreeDimensions)
        {
            text.Append(CultureInfo.InvariantCulture, $"        options.AddFreeDimensionOverrideByName({Quoted(name)}, {length});\n");
        }

        text.Append(ProviderInCSharp(settings));
        return text.Append("        return options;\n    }\n}\n").ToString();
    }

    /// <summary>A function in Python, for the package <c>onnxruntime</c> or the one of the provider.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="title">One line on what they are for.</param>
    public static string Python(SessionSettings settings, string title)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"# {title}\n{Comments("#", settings)}import onnxruntime\n\n");
        text.Append(settings.Plugin is { } once ? PluginCode.OnceInPython(once) : string.Empty);
        text.Append(CultureInfo.InvariantCulture, $"BATCH = {settings.Batch}  # images in a request\n");
        text.Append(CultureInfo.InvariantCulture, $"STREAMS = {settings.Streams}  # {Streams(settings)}\n\n\ndef load(path):\n");
        text.Append("    options = onnxruntime.SessionOptions()\n");
        text.Append(CultureInfo.InvariantCulture,
            $"    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.{Level(settings.Optimisation)}\n");
        text.Append("    options.execution_mode = onnxruntime.ExecutionMode.ORT_SEQUENTIAL\n    options.inter_op_num_threads = 1\n");
        if (settings.IntraOpThreads is { } threads)
        {
            text.Append(CultureInfo.InvariantCulture, $"    options.intra_op_num_threads = {threads}\n");
        }

        foreach (var (name, value) in settings.ConfigEntries)
        {
            text.Append(CultureInfo.InvariantCulture, $"    options.add_session_config_entry({Quoted(name)}, {Quoted(value)})\n");
        }

        foreach (var (name, length) in settings.FreeDimensions)
        {
            text.Append(CultureInfo.InvariantCulture, $"    options.add_free_dimension_override_by_name({Quoted(name)}, {length})\n");
        }

        var values = $"{{{string.Join(", ", settings.ProviderOptions.Select(option =>
            $"{Quoted(option.Key)}: {Quoted(option.Value)}"))}}}";
        if (settings.Plugin is { } plugin)
        {
            return text.Append(PluginCode.InPython(plugin, settings.Provider!, values))
                .Append("    return onnxruntime.InferenceSession(path, options)\n").ToString();
        }

        var provider = settings.Provider is { } named ? $"({Quoted(named)}, {values})" : Quoted("CPUExecutionProvider");
        return text.Append(CultureInfo.InvariantCulture,
            $"    return onnxruntime.InferenceSession(path, options, providers=[{provider}])\n").ToString();
    }

    /// <summary>The settings by ONNX Runtime's names.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="model">What the network's file is called.</param>
    public static string ToJson(SessionSettings settings, string model)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Json))
        {
            json.WriteStartObject();
            json.WriteString("model", model);
            json.WriteNumber("batch", settings.Batch);
            json.WriteNumber("streams", settings.Streams);
            json.WriteBoolean("streamsShareASession", settings.SharesSession);
            json.WriteString("provider", settings.Provider ?? "CPUExecutionProvider");
            Write(json, "providerOptions", settings.ProviderOptions);
            if (settings.Plugin is { } plugin)
            {
                Write(json, "providerLibrary", new Dictionary<string, string>
                {
                    ["name"] = plugin.Name,
                    ["path"] = plugin.Path,
                    ["devices"] = string.Join(", ", plugin.Devices),
                });
            }

            json.WriteString("graphOptimizationLevel", Level(settings.Optimisation));
            json.WriteString("executionMode", "ORT_SEQUENTIAL");
            json.WriteNumber("interOpNumThreads", 1);
            if (settings.IntraOpThreads is { } threads)
            {
                json.WriteNumber("intraOpNumThreads", threads);
            }

            Write(json, "sessionConfigEntries", settings.ConfigEntries);
            Write(json, "freeDimensions", settings.FreeDimensions.ToDictionary(
                axis => axis.Key, axis => axis.Value.ToString(CultureInfo.InvariantCulture)));
            Write(json, "environment", settings.Variables);
            json.WriteStartArray("remarks");
            foreach (var remark in settings.Remarks)
            {
                json.WriteStringValue(remark);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    private static void Write(Utf8JsonWriter json, string name, IReadOnlyDictionary<string, string> values)
    {
        json.WriteStartObject(name);
        foreach (var (key, value) in values)
        {
            json.WriteString(key, value);
        }

        json.WriteEndObject();
    }

    private static string Comments(string sign, SessionSettings settings) => string.Concat(
        settings.Variables.Select(variable => $"Set the variable {variable.Key}={variable.Value} before the process starts.")
            .Concat(settings.Remarks).Select(remark => $"{sign} {remark}\n"));

    private static string Streams(SessionSettings settings) => settings switch
    {
        { Streams: 1 } => "Requests in flight: one after the other.",
        { SharesSession: true } => "Requests in flight: so many threads of yours call Run on one session.",
        _ => "Requests in flight: so many threads of yours, each with a session of its own; make their first calls one after the other.",
    };

    private static string ProviderInCSharp(SessionSettings settings)
    {
        if (settings.Provider is not { } provider)
        {
            return string.Empty;
        }

        var entries = string.Join(string.Empty, settings.ProviderOptions.Select(option =>
            $"            [{Quoted(option.Key)}] = {Quoted(option.Value)},\n"));
        var values = $"new Dictionary<string, string>\n        {{\n{entries}        }}";
        return provider switch
        {
            _ when settings.Plugin is { } plugin => PluginCode.InCSharp(plugin, provider, values),
            "CUDAExecutionProvider" => $"        using var cuda = new OrtCUDAProviderOptions();\n        cuda.UpdateOptions({values});\n"
                + "        options.AppendExecutionProvider_CUDA(cuda);\n",
            "TensorrtExecutionProvider" =>
                $"        using var tensorRT = new OrtTensorRTProviderOptions();\n        tensorRT.UpdateOptions({values});\n"
                + "        options.AppendExecutionProvider_Tensorrt(tensorRT);\n",
            // ONNX Runtime has other names for these where they are appended.
            _ => $"        options.AppendExecutionProvider({Quoted(Appended[provider])}, {values});\n",
        };
    }

    // https://onnxruntime.ai/docs/performance/model-optimizations/graph-optimizations.html.
    private static string Level(string optimisation) => optimisation switch
    {
        "off" => "ORT_DISABLE_ALL",
        "basic" => "ORT_ENABLE_BASIC",
        "extended" => "ORT_ENABLE_EXTENDED",
        _ => "ORT_ENABLE_ALL",
    };

    // The strings of JSON are strings in both languages.
    private static string Quoted(string text) => JsonSerializer.Serialize(text);
}
