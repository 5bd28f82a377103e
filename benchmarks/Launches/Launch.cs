using System.Diagnostics;
using Bench.Analysis.Runs;
using Bench.Benchmarks.Engines;
using Bench.Benchmarks.Machines;
using Bench.Inference;

namespace Bench.Benchmarks.Launches;

/// <summary>Everything that the process of a launch does around the timed operation: images before it, outputs and
/// observations after it.</summary>
internal sealed class Launch : IDisposable
{
    private readonly LaunchPlan _plan;
    private readonly LaunchName _name;
    private readonly PlannedModel _model;
    private readonly IBackend _backend;
    private readonly RunFolder _folder;
    private readonly DateTimeOffset _started = DateTimeOffset.UtcNow;

    private IInferenceSession? _session;
    private IExecution _execution = null!;
    private ImagePool _pool = null!;
    private OutputRecorder? _outputs;
    private ConditionsMeter? _meter;
    private LaunchConditions? _conditions;
    private WarmupFacts _warmup = null!;
    private double _libraryLoadMs;
    private double? _engineBuildMs;
    private double _loadMs;
    private double _firstInferenceMs;
    private int _timed;
    private int _place;
    private int _collectionsBefore;
    private long _allocatedBefore;
    private int _collections;
    private long _allocated;

    public Launch(LaunchPlan plan, LaunchName name)
    {
        (_plan, _name) = (plan, name);
        _model = plan.Models[name.Cell.Model];
        _folder = new RunFolder(plan.RunPath);
        _backend = BackendCatalogue.Find(name.Cell.Backend.ToString(), EngineTrial.Runtimes(plan.OrtLibrary))!;
    }

    /// <summary>How many requests are timed; known after the warm-up.</summary>
    public int Requests { get; private set; }

    /// <summary>The stream that is timed.</summary>
    public IExecution Stream { get; private set; } = null!;

    /// <summary>Loads the engine, the network and the images, each timed apart, and makes the first inference.</summary>
    public void Start()
    {
        ThrowIfCancelled();
        var request = _model.Request(_name.Cell, _backend, _plan.Cache, _plan.BuildOf(_name.Round));
        _libraryLoadMs = Timed(_backend.Open);
        _engineBuildMs = _backend.Prepare(request)?.TotalMilliseconds;
        _loadMs = Timed(() => _session = _backend.Load(request));
        _execution = _session!.NewExecution();
        _pool = ImagePool.Load(_model, _plan, _name.Round, request.Inputs, _execution);
        _outputs = _pool.ShareCount == 0 ? null : new OutputRecorder(_folder, _name, _model, request.Outputs, _pool.Share);
        _firstInferenceMs = Timed(() => _execution.Run(_pool[_pool.Count - 1]));
        Stream = _plan.SlowDown?.For(_name.Cell.Backend.ToString()) is { } share
            ? new SlowedExecution(_execution, share)
            : _execution;
    }

    /// <summary>Makes inferences that are not counted, until they are as quick as they get;
    /// images are taken from the end of the pool.</summary>
    public void WarmUp()
    {
        var facts = _session!.Facts;
        _meter = Meter(facts);
        var rule = new WarmupRule(_plan.Measuring.WarmupRequests, _plan.Measuring.WarmupSeconds);
        for (var isOver = false; !isOver;)
        {
            ThrowIfCancelled();
            var input = _pool[_pool.Count - 1 - (rule.Requests % _pool.Count)];
            isOver = rule.Add(Timed(() => Stream.Run(input)));
        }

        _warmup = new WarmupFacts(rule.Requests, rule.Seconds, rule.IsStable);
        _meter.EndOfWarmup(KeepBusy);
        var forTime = facts.Device is null ? 0 : _plan.Measuring.DeviceSeconds * 1000 / Math.Max(rule.MedianMs, 0.001);
        Requests = (int)Math.Max(_plan.Measuring.Requests, Math.Ceiling(forTime));
    }

    /// <summary>Chooses the next image, from the beginning of the pool.</summary>
    /// <param name="isTimed">Whether its latency counts.</param>
    public IBoundInput Before(bool isTimed)
    {
        ThrowIfCancelled();
        _place = isTimed ? _timed % _pool.Count : _pool.Count - 1;
        _collectionsBefore = GC.CollectionCount(0);
        _allocatedBefore = GC.GetAllocatedBytesForCurrentThread();
        return _pool[_place];
    }

    /// <summary>Keeps the output, the first time that an image is seen in a timed inference.</summary>
    /// <param name="isTimed">Whether its latency counts.</param>
    public void After(bool isTimed)
    {
        var allocated = GC.GetAllocatedBytesForCurrentThread() - _allocatedBefore;
        var collections = GC.CollectionCount(0) - _collectionsBefore;
        if (!isTimed)
        {
            return;
        }

        _allocated += allocated;
        _collections += collections;
        _outputs?.Record(_pool.ImageAt(_place), _execution);
        if (++_timed == Requests)
        {
            _conditions = _meter!.Stop(KeepBusy);
        }
    }

    /// <summary>Processes what is left of this launch's share of the evaluation images, and writes everything down.</summary>
    /// <param name="latenciesMs">The latencies, in the order in which they were measured.</param>
    /// <exception cref="InferenceException">Outputs are not repeatable, or there are fewer latencies than there should be.</exception>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public void Finish(double[] latenciesMs)
    {
        if (latenciesMs.Length != Requests || _timed != Requests)
        {
            throw new InferenceException($"Found {latenciesMs.Length} latencies of {_timed} timed requests; expected {Requests} of both.");
        }

        CompleteOutputs();
        _folder.Launches.Write(
            new LaunchRecord
            {
                Cell = _name.Cell,
                Round = _name.Round,
                StartedUtc = _started,
                EndedUtc = DateTimeOffset.UtcNow,
                Facts = Facts(),
                Session = Describe(_session!.Facts),
                Outputs = _outputs?.Finish(),
            },
            latenciesMs);
    }

    public void Dispose()
    {
        _meter?.Dispose();
        _outputs?.Dispose();
        _pool?.Dispose();
        _execution?.Dispose();
        _session?.Dispose();
    }

    private LaunchFacts Facts() => new()
    {
        Round = _name.Round,
        LibraryLoadMs = _libraryLoadMs,
        LoadMs = _loadMs,
        EngineBuildMs = _engineBuildMs,
        FirstInferenceMs = _firstInferenceMs,
        Requests = Requests,
        Warmup = _warmup,
        GcCollections = _collections,
        AllocatedBytesPerInference = (double)_allocated / Requests,
        Conditions = _conditions,
    };

    private static SessionRecord Describe(SessionFacts facts) => new()
    {
        Version = facts.Version,
        Device = facts.Device,
        IsSoftwareDevice = facts.IsSoftwareDevice,
        Settings = facts.Settings,
        Resolved = facts.Resolved,
        EngineSha256 = facts.EngineSha256,
        PciBusId = facts.PciBusId,
        Uuid = facts.Uuid,
        Luid = facts.Luid,
        CompatibilityLayer = CompatibilityLayer.Name,
    };

    /// <summary>A device is read while it works: idle, its clocks would say nothing.</summary>
    private void KeepBusy() => _execution.Run(_pool[_pool.Count - 1]);

    private static ConditionsMeter Meter(SessionFacts facts) => facts.Device is null || facts.IsSoftwareDevice
        ? ConditionsMeter.Start()
        : (facts.PciBusId ?? facts.Uuid) is not { } gpu
            ? ConditionsMeter.Start(null, $"the engine does not tell which device {facts.Device} is, so its clocks were not read.")
            : ConditionsMeter.Start(gpu);

    private void CompleteOutputs()
    {
        for (var place = 0; _outputs is not null && place < _pool.ShareCount; place++)
        {
            var image = _pool.ImageAt(place);
            var (isMissing, isRepeated) = (_outputs.IsMissing(image), _outputs.IsRepeated(image));
            if (!isMissing && !isRepeated)
            {
                continue;
            }

            _execution.Run(_pool[place]);
            if (isMissing)
            {
                _outputs.Record(image, _execution);
            }
            else
            {
                _outputs.Repeat(image, _execution);
            }
        }
    }

    private void ThrowIfCancelled()
    {
        if (File.Exists(_plan.CancelFile))
        {
            throw new OperationCanceledException("The run was interrupted.");
        }
    }

    private static double Timed(Action action)
    {
        var clock = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(clock).TotalMilliseconds;
    }
}
