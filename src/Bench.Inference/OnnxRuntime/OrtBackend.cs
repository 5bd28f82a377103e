using Bench.Inference.Knobs;
using Bench.Inference.NativeRuntimes;
using Bench.Inference.Settings;
using Bench.Inference.Threads;
using Bench.Models;
using Microsoft.ML.OnnxRuntime;

namespace Bench.Inference.OnnxRuntime;

/// <summary>ONNX Runtime with one of its execution providers, at the default version or at one that was asked for.</summary>
internal sealed class OrtBackend(OrtProvider provider, RuntimeCatalogue runtimes, string? version = null) : IVersionedBackend
{
    /// <summary>The engine's name in <c>flavour.json</c>.</summary>
    public const string EngineName = "onnxruntime";

    private IReadOnlyList<DeviceFacts>? _devices;
    private int? _enginesThreads;

    public string Id => version is null ? provider.BackendId : $"{provider.BackendId}@{version}";

    public string Description => provider.Description;

    public string Engine => EngineName;

    public string Provider => provider.Key;

    public IReadOnlyList<string> LibraryFolders => provider.LibraryFolders;

    public IReadOnlyList<Precision> Precisions => provider.Precisions;

    public IReadOnlyDictionary<string, string?> Variables(Precision precision) => provider.Variables(precision);

    public IReadOnlyDictionary<string, string> RealDeviceVariables => provider.RealDeviceVariables;

    public string DefaultVersion => OrtLibrary.ManagedVersion.ToString();

    public bool? HasItsDevice => provider.HasItsDevice;

    private Flavour? Flavour => runtimes.Choose(EngineName, provider.Key, version, OrtLibrary.ManagedVersion);

    public IBackend At(string otherVersion) => new OrtBackend(provider, runtimes, otherVersion);

    public BackendAvailability Check()
    {
        if (provider.WhyNotHere is { } reason)
        {
            return BackendAvailability.Unavailable(reason);
        }

        if (version is not null && Version.TryParse(version, out var wanted) && !OrtLibrary.CanCall(wanted))
        {
            return BackendAvailability.Unavailable(OrtLibrary.TooOld(wanted));
        }

        if (Flavour is not { } flavour)
        {
            return NotHere();
        }

        if (flavour.IsLocal)
        {
            return BackendAvailability.Available(
                $"{EngineName} {Flavour.Local}", provider.Source($"{Flavour.Local} {flavour.Package}"));
        }

        return OrtLibrary.CanCall(flavour.Version)
            ? BackendAvailability.Available($"{EngineName} {flavour.Version}", provider.Source($"{flavour.Source} {flavour.Package}"))
            : BackendAvailability.Unavailable(OrtLibrary.TooOld(flavour.Version));
    }

    private BackendAvailability NotHere() => version switch
    {
        Flavour.Local =>
            BackendAvailability.Unavailable("no library was named; give the path of your build of ONNX Runtime with --ort-library."),
        null => BackendAvailability.Missing(
            $"no ONNX Runtime with the {provider.Key} provider for {RuntimeCatalogue.PlatformRid} in "
            + $"{string.Join(", ", runtimes.Folders)}; {provider.Remedy}"),
        _ => BackendAvailability.Missing(
            $"no ONNX Runtime {version} with the {provider.Key} provider for {RuntimeCatalogue.PlatformRid} in "
            + $"{string.Join(", ", runtimes.Folders)}."),
    };

    public void Open()
    {
        if (_devices is not null)
        {
            return;
        }

        var check = Check();
        if (!check.IsAvailable)
        {
            throw new InferenceException($"{Id}: {check.Reason}");
        }

        var flavour = Flavour!;
        OrtLibrary.Use(flavour);
        if (provider.LibraryName is { } name && Path.Combine(flavour.Folder, name) is var path && File.Exists(path))
        {
            NativeDependencies.ThrowIfMissing(path, provider.Needs);
        }

        // What sessions share is made once.
        _ = OrtEnv.Instance();
        Guard(provider.LoadLibrary);
        _devices = provider.Devices;
    }

    public TimeSpan? Prepare(SessionRequest request)
    {
        Open();
        // Found out now, so that it is no part of the time to load the network.
        _ = StreamThreads.Of(request.Knobs, EnginesThreads);
        return provider.Prepare(request, () => Load(request).Dispose(), () => Options(request, out _));
    }

    public IInferenceSession Load(SessionRequest request)
    {
        request.ThrowIfUnfitFor(this);
        Open();
        var device = provider.Device(_devices!, request.Knobs[KnobCatalogue.Device]);
        using var options = Options(request, out var setup);
        return OrtSession.Load(request with { ModelPath = provider.ModelPath(request) }, options, provider, new SessionFacts
        {
            Version = provider.Version(OrtLibrary.LoadedVersion),
            Device = device.Name,
            IsSoftwareDevice = device.IsSoftware,
            PciBusId = device.PciBusId,
            Uuid = device.Uuid,
            Luid = device.Luid,
            Settings = setup.Settings,
            Resolved = setup.Resolved,
        });
    }

    public ExecutionProfile Inspect(SessionRequest request, IReadOnlyList<byte[]> inputs)
    {
        request.ThrowIfUnfitFor(this);
        // How memory is reached changes nothing of where nodes run, and recorded work is not profiled node by node.
        var plain = request with { Knobs = request.Knobs.Without(KnobCatalogue.Graph, KnobCatalogue.HostMemory) };
        using var options = Options(plain, out _);
        // What is timed may be a file that the provider made of the network.
        return OrtProfile.Record(plain with { ModelPath = provider.ModelPath(plain) }, options, inputs, provider) with
        {
            Device = provider.Device(_devices!, plain.Knobs[KnobCatalogue.Device]).Name,
        };
    }

    internal SessionOptions Options(SessionRequest request, out OrtSetup setup)
    {
        Open();
        var options = new SessionOptions
        {
            GraphOptimizationLevel = request.Knobs[KnobCatalogue.Optimisation] switch
            {
                "off" => GraphOptimizationLevel.ORT_DISABLE_ALL,
                "basic" => GraphOptimizationLevel.ORT_ENABLE_BASIC,
                "extended" => GraphOptimizationLevel.ORT_ENABLE_EXTENDED,
                _ => GraphOptimizationLevel.ORT_ENABLE_ALL,
            },
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            InterOpNumThreads = 1,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_WARNING,
        };
        if (PoolThreads(request) is { } threads)
        {
            options.IntraOpNumThreads = threads;
        }

        foreach (var (name, length) in request.FreeDimensions)
        {
            options.AddFreeDimensionOverrideByName(name, length);
        }

        OrtSetup? taken = null;
        try
        {
            Guard(() => taken = provider.Configure(options, request));
        }
        catch
        {
            options.Dispose();
            throw;
        }

        setup = taken!;
        return options;
    }

    public SessionSettings Settings(SessionRequest request)
    {
        Open();
        return provider.Written(
            new SessionSettings
            {
                ModelPath = request.ModelPath,
                Inputs = request.Inputs,
                Outputs = request.Outputs,
                Batch = request.Knobs.Batch,
                Streams = request.Knobs.Streams,
                SharesSession = provider.AllowsConcurrentRuns(request),
                Optimisation = request.Knobs[KnobCatalogue.Optimisation],
                IntraOpThreads = PoolThreads(request),
                FreeDimensions = request.FreeDimensions,
                Variables = provider.Variables(request.Precision).Where(variable => variable.Value is not null)
                    .ToDictionary(variable => variable.Key, variable => variable.Value!),
            },
            request);
    }

    /// <summary>The threads that a session is given; null for its own choice.</summary>
    private int? PoolThreads(SessionRequest request) => StreamThreads.Of(request.Knobs, EnginesThreads) is not { } threads ? null
        : provider.AllowsConcurrentRuns(request) ? StreamThreads.Pool(threads, request.Knobs.Streams)
        : threads;

    /// <summary>How many threads a session takes of its own accord: seen on a tiny network.</summary>
    private int EnginesThreads() => _enginesThreads ??= OrtThreads.OwnChoice();

    private void Guard(Action action)
    {
        try
        {
            action();
        }
        catch (Exception e) when (e is OnnxRuntimeException or EntryPointNotFoundException)
        {
            var problem = $"ONNX Runtime {OrtLibrary.LoadedVersion} cannot use its {provider.Name} provider: "
                + $"{(e is OnnxRuntimeException words ? OrtWords.Of(words) : e.Message.Trim().TrimEnd('.'))}.";
            throw new InferenceException($"{problem} {provider.Needs}".TrimEnd(), e);
        }
    }
}
