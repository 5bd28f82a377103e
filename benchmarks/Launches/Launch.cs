using System.Diagnostics;
using Bench.Analysis.Runs;
using Bench.Benchmarks.Loads;
using Bench.Benchmarks.Machines;
using Bench.Inference;

namespace Bench.Benchmarks.Launches;

/// <summary>Everything that the process of a launch does around the timed operation: requests before it, outputs and
/// observations after it.</summary>
internal sealed class Launch : IDisposable
{
    private readonly LaunchPlan _plan;
    private readonly LaunchName _name;
    private readonly PlannedModel _model;
    private readonly IBackend _backend;
    private readonly RunFolder _folder;
    private readonly Lock _gate = new();
    private readonly DateTimeOffset _started = DateTimeOffset.UtcNow;

    private LaunchStreams _streams = null!;
    private OutputRecorder? _outputs;
    private ConditionsMeter? _meter;
    private LaunchConditions? _conditions;
    private WarmupFacts _warmup = null!;
    private double _libraryLoadMs;
    private double? _engineBuildMs;

    public Launch(LaunchPlan plan, LaunchName name)
    {
        (_plan, _name) = (plan, name);
        _model = plan.Models[name.Cell.Model];
        _folder = new RunFolder(plan.RunPath);
        _backend = BackendCatalogue.Find(name.Cell.Backend.ToString(), plan.Libraries.Runtimes())!;
    }

    /// <summary>The streams that are timed.</summary>
    public IReadOnlyList<RequestStream> Streams => _streams.All;

    /// <summary>Measures several streams together.</summary>
    public ClosedWindows Windows => field ??= new ClosedWindows(Streams, new MachineClock(), _streams.Threads);

    /// <summary>The threads that requests are sent on: of a single stream the calling one.</summary>
    public IStreamThreads Threads => Streams.Count == 1 ? new OneThread() : _streams.Threads;

    /// <summary>Whether the run was interrupted.</summary>
    public bool IsCancelled => File.Exists(_plan.CancelFile);

    /// <summary>The warm-up; known after it.</summary>
    public WarmupRule Warmth { get; private set; } = null!;

    /// <summary>How many requests are timed at least; known after the warm-up.</summary>
    public int Requests { get; set; }

    /// <summary>Loads the engine, the network and the images, each timed apart, and makes the first inferences.</summary>
    public void Start()
    {
        ThrowIfCancelled();
        var request = _model.Request(_name.Cell, _backend, _plan.Cache, _plan.BuildOf(_name.Round));
        var layout = _model.Layout(_name.Cell, _backend);
        var share = ImageShare.Of(_model.EvaluatedImages, _plan, _name.Round);
        // What is read of files, such as the hash of a library, is no part of the time to load it.
        _ = _backend.Check();
        var clock = Stopwatch.GetTimestamp();
        _backend.Open();
        _libraryLoadMs = Stopwatch.GetElapsedTime(clock).TotalMilliseconds;
        _engineBuildMs = _backend.Prepare(request)?.TotalMilliseconds;
        using var reader = new RequestReader(_model, layout);
        _streams = LaunchStreams.Start(
            _backend, request, _plan.SlowDown?.For(_name.Cell.Backend.ToString()), (execution, stream) =>
                RequestPool.Load(share, (stream, _name.Cell.Streams), _plan.PoolBytes, reader, layout, execution));
        // Known before anything is measured, as everything else that was found out before.
        if (_folder.Launches.ReadInspection(_name.Cell)?.WhyNotOf(_streams.Facts.Device) is { } elsewhere)
        {
            throw new InferenceException(elsewhere);
        }

        PushOutOfCache(_plan.PoolBytes);
        // What the network gives under a load is what it gives without.
        _outputs = share.Images.Any() && _name.Measurement.Load.IsClosed ? new OutputRecorder(_folder, _name, _model, layout, share.Images)
            : null;
        _streams.MakeFirstInferences();
    }

    /// <summary>Sends requests that are not counted, until they are answered as quickly as they get.</summary>
    public void WarmUp()
    {
        var facts = _streams.Facts;
        _meter = Meter(facts);
        Warmth = new WarmupRule(_plan.Measuring);
        if (Streams.Count == 1)
        {
            WarmUpAlone(Streams[0]);
        }
        else
        {
            WarmUpTogether();
        }

        _warmup = new WarmupFacts(Warmth.Requests, Warmth.Seconds, Warmth.IsStable);
        foreach (var stream in Streams)
        {
            stream.Restart();
        }

        _meter.EndOfWarmup(KeepBusy);
        Requests = _plan.Measuring.RequestsOf(_name.Cell.Batch);
        if (facts.Device is not null)
        {
            var perSecond = Streams.Count * 1000 / Math.Max(Warmth.MedianMs, 0.001);
            Requests = (int)Math.Max(Requests, Math.Ceiling(_plan.Measuring.DeviceSeconds * perSecond));
        }
    }

    /// <summary>By what several streams are measured.</summary>
    public WindowRule Window => WindowRule.Of(_plan.Measuring);

    /// <summary>Keeps what a stream's last request gave, for images that are seen for the first time.</summary>
    public void Keep(RequestStream stream, int place) => _outputs?.Record(stream.Pool.ImagesAt(place), stream.Execution);

    /// <summary>The last timed request is answered: clocks are read while the device is busy.</summary>
    public void EndOfTimed() => _conditions = _meter!.Stop(KeepBusy);

    /// <summary>Processes what is left of this launch's share of the evaluation images, and writes everything down.</summary>
    /// <param name="measured">What was measured.</param>
    /// <exception cref="InferenceException">Outputs are not repeatable.</exception>
    /// <exception cref="IOException">A file cannot be written.</exception>
    /// <exception cref="OperationCanceledException">The run was interrupted.</exception>
    public void Finish(LoadResult measured)
    {
        Threads.Run(Streams.Count, () => { }, stream => CompleteOutputs(Streams[stream]));
        _folder.Launches.Write(
            new LaunchRecord
            {
                Cell = _name.Cell,
                LoadText = _name.Measurement.Load.IsClosed ? null : _name.Measurement.Load.ToString(),
                Round = _name.Round,
                StartedUtc = _started,
                EndedUtc = DateTimeOffset.UtcNow,
                Facts = Facts(measured),
                Session = SessionRecords.Of(_streams),
                Outputs = _outputs?.Finish(),
            },
            measured.LatenciesMs);
    }

    /// <exception cref="OperationCanceledException">The run was interrupted.</exception>
    public void ThrowIfCancelled()
    {
        if (IsCancelled)
        {
            throw new OperationCanceledException("The run was interrupted.");
        }
    }

    public void Dispose()
    {
        _meter?.Dispose();
        _outputs?.Dispose();
        _streams?.Dispose();
    }

    private LaunchFacts Facts(LoadResult measured) => new()
    {
        Round = _name.Round,
        LibraryLoadMs = _libraryLoadMs,
        LoadMs = _streams.LoadMs,
        EngineBuildMs = _engineBuildMs,
        FirstInferenceMs = _streams.FirstInferenceMs,
        Requests = measured.LatenciesMs.Length,
        Warmup = _warmup,
        GcCollections = measured.Collections,
        AllocatedBytesPerInference = measured.AllocatedBytes / measured.Requests,
        Windows = measured.Windows,
        Open = measured.Open,
        GapMs = measured.GapMs,
        Conditions = _conditions,
    };

    private void WarmUpAlone(RequestStream stream)
    {
        for (var isOver = false; !isOver;)
        {
            ThrowIfCancelled();
            stream.Next();
            var clock = Stopwatch.GetTimestamp();
            stream.Run();
            isOver = Warmth.Add(Stopwatch.GetElapsedTime(clock).TotalMilliseconds);
        }
    }

    private void WarmUpTogether()
    {
        for (var isOver = false; !isOver;)
        {
            ThrowIfCancelled();
            var window = Windows.Measure(WindowRule.OfWarmup(_plan.Measuring));
            isOver = Warmth.AddBlock(window.LatenciesMs, window.Ms);
        }
    }

    /// <summary>A device is read while it works: idle, its clocks would say nothing.</summary>
    private void KeepBusy() => _streams.On(0, () => Streams[0].RunUntimed(Streams[0].Pool.Count - 1));

    private static ConditionsMeter Meter(SessionFacts facts) => facts.Device is null || facts.IsSoftwareDevice
        ? ConditionsMeter.Start()
        : (facts.PciBusId ?? facts.Uuid) is not { } gpu
            ? ConditionsMeter.Start(null, $"the engine does not tell which device {facts.Device} is, so its clocks were not read.")
            : ConditionsMeter.Start(gpu);

    private void CompleteOutputs(RequestStream stream)
    {
        for (var place = 0; _outputs is not null && place < stream.Pool.ShareCount; place++)
        {
            ThrowIfCancelled();
            var images = stream.Pool.ImagesAt(place);
            bool isMissing, isRepeated;
            lock (_gate)
            {
                (isMissing, isRepeated) = (_outputs.IsMissing(images), _outputs.IsRepeated(images));
            }

            if (!isMissing && !isRepeated)
            {
                continue;
            }

            stream.RunUntimed(place);
            bool isFirst;
            lock (_gate)
            {
                if (isRepeated)
                {
                    _outputs.Repeat(images, stream.Execution);
                }

                _outputs.Record(images, stream.Execution);
                isFirst = !isRepeated && _outputs.IsRepeated(images);
            }

            // Of several streams few outputs are kept while requests are timed.
            if (isFirst)
            {
                stream.RunUntimed(place);
                lock (_gate)
                {
                    _outputs.Repeat(images, stream.Execution);
                }
            }
        }
    }

    // What was just written lies in the caches; an image from outside would not.
    private static void PushOutOfCache(long bytes) =>
        GC.AllocateUninitializedArray<byte>((int)Math.Min(bytes, Array.MaxLength)).AsSpan().Fill(1);
}
