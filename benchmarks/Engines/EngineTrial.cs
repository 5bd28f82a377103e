using System.Text.Json;
using System.Text.Json.Serialization;
using Bench.Arrays;
using Bench.Benchmarks.Processes;
using Bench.CommandLine;
using Bench.Inference;
using Bench.Inference.Knobs;
using Bench.Inference.OnnxRuntime.Plugins;
using Bench.Models;
using Bench.Models.Files;
using Bench.Models.Networks;
using Bench.Models.Signatures;

namespace Bench.Benchmarks.Engines;

/// <summary>What a trial process is asked to do.</summary>
/// <param name="Backend">The backend's id.</param>
/// <param name="ResultPath">Where to leave the <see cref="TrialResult"/>.</param>
/// <param name="Libraries">Libraries that the user named.</param>
internal sealed record TrialRequest(string Backend, string ResultPath, EngineLibraries Libraries);

/// <summary>What a trial saw.</summary>
/// <param name="Failure">Why the backend does not work; null if it does.</param>
/// <param name="IsBroken">Whether it started and then did not do what it should.</param>
/// <param name="Version">The engine's version, as the loaded library itself says.</param>
/// <param name="Device">What it runs on; null for the machine's processor.</param>
/// <param name="IsSoftwareDevice">Whether that device is a program that stands in for a graphics processor.</param>
internal sealed record TrialResult(string? Failure, bool IsBroken, string? Version, string? Device, bool IsSoftwareDevice)
{
    /// <summary>The devices of this machine that ONNX Runtime finds by itself; null of other engines.</summary>
    public IReadOnlyList<string>? Devices { get; init; }
}

/// <summary>Tries a backend on a network of one convolution: whether an engine works is known only when it has worked.
/// In a process of its own, since it may crash.</summary>
internal static class EngineTrial
{
    /// <summary>The name of the hidden command.</summary>
    public const string Verb = "try-backend";

    // Every number of the trial network is exact in fp16, but engines may compute in less than fp32.
    private const float Tolerance = 0.05f;

    public static int Run(TrialRequest request)
    {
        ChildProcess.EndWithParent();
        var folder = Directory.CreateTempSubdirectory("bench-trial-");
        TrialResult result;
        var backend = BackendCatalogue.Find(request.Backend, request.Libraries.Runtimes())!;
        try
        {
            result = Try(backend, folder.FullName);
        }
        catch (Exception e) when (e is InferenceException or WrongResultException
            or DllNotFoundException or EntryPointNotFoundException or BadImageFormatException)
        {
            result = new TrialResult(e.Message, e is WrongResultException, null, null, false) { Devices = Devices(backend) };
        }
        finally
        {
            TemporaryFiles.TryDelete(folder);
        }

        File.WriteAllBytes(request.ResultPath, JsonSerializer.SerializeToUtf8Bytes(result, TrialJson.Default.TrialResult));
        return ExitCodes.Success;
    }

    /// <returns>The result, or null if there is no whole one.</returns>
    public static TrialResult? Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), TrialJson.Default.TrialResult);
        }
        catch (Exception e) when (e is IOException or JsonException)
        {
            return null;
        }
    }

    /// <summary>What ONNX Runtime finds, where it is loaded; that it finds nothing is no fault of the backend.</summary>
    private static List<string>? Devices(IBackend backend)
    {
        try
        {
            return backend is IVersionedBackend ? PluginDevice.HereIfLoaded()?.Select(device => device.Text).ToList() : null;
        }
        catch (Exception e) when (e is InferenceException or EntryPointNotFoundException)
        {
            return null;
        }
    }

    private static TrialResult Try(IBackend backend, string folder)
    {
        var network = TrialNetwork.Describe();
        var file = ModelFiles.Write(
            network, TrialNetwork.Weights(), backend.Format, Precision.Fp32, TrialNetwork.OutputName, Path.Combine(folder, "trial"));
        var request = new SessionRequest
        {
            ModelPath = file.Path,
            ModelSha256 = file.Sha256,
            Precision = Precision.Fp32,
            Knobs = KnobSettings.Of(KnobCatalogue.Find(KnobCatalogue.Threads)!.WhyNot(backend.Id) is null
                ? [new(KnobCatalogue.Threads, "1")]
                : []),
            Inputs = [new TensorSpec(network.InputName, ElementType.Float32, TrialNetwork.InputShape)],
            Outputs = [new TensorSpec(TrialNetwork.OutputName, ElementType.Float32, TrialNetwork.OutputShape)],
            Cache = folder,
        };
        var image = new float[request.Inputs[0].Length];
        TrialNetwork.FillInput(image);
        backend.Open();
        _ = backend.Prepare(request);
        using var session = backend.Load(request);
        using var execution = session.NewExecution();
        using var bound = execution.BindFloats(image);
        execution.Run(bound);
        var expected = TrialNetwork.Expected(image);
        for (var i = 0; i < expected.Length; i++)
        {
            if (!(Math.Abs(execution.Floats()[i] - expected[i]) <= Tolerance))
            {
                throw new WrongResultException("it computes wrongly: "
                    + $"a convolution of known numbers gave {execution.Floats()[i]} at position {i}; expected {expected[i]}.");
            }
        }

        var facts = session.Facts;
        // A provider in a library of its own may be for other networks than this one: what each cell of a run needs is seen before it is
        // measured.
        var fallback = PluginLibrary.IsBackend(BackendCatalogue.NameOf(backend.Id)) ? null
            : backend.Inspect(request, [SingleFloats.Pinned(image)]).Fallback(backend.Id);
        return new TrialResult(fallback, false, facts.Version, facts.Device, facts.IsSoftwareDevice)
        {
            Devices = Devices(backend),
        };
    }
}

/// <summary>The engine ran, and gave something else than it should.</summary>
internal sealed class WrongResultException(string message) : Exception(message);

/// <summary>How results are written between processes of the same build.</summary>
[JsonSerializable(typeof(TrialResult))]
internal sealed partial class TrialJson : JsonSerializerContext;
