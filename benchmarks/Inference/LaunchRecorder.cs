using System.Diagnostics;
using System.Numerics.Tensors;
using Bench.Analysis.Runs;
using Bench.Analysis.Timings;
using Bench.Arrays.Npy;
using Bench.Benchmarks.Machines;
using Bench.Inference;
using Bench.Models;

namespace Bench.Benchmarks.Inference;

/// <summary>Everything that a benchmark process does around the timed operation: images before it, outputs and
/// observations after it.</summary>
internal sealed class LaunchRecorder
{
    // How many outputs of timed inferences are compared with those of a second, untimed one.
    private const int RepeatedImages = 4;

    private readonly LaunchPlan _plan;
    private readonly PlannedModel _model;
    private readonly IBackend _backend;
    private readonly JobName _job;
    private readonly string _recordPath;
    private readonly string _outputsPath;
    private readonly float[] _outputs;
    private readonly bool[] _isRecorded;

    private IInferenceSession _session = null!;
    private IExecution _execution = null!;
    private ImagePool _pool = null!;
    private LoadMeter _meter = null!;
    private double? _engineBuildMs;
    private double _loadMs;
    private double _firstInferenceMs;
    private int _iteration = -1;
    private int _place;
    private int _collectionsBefore;
    private long _allocatedBefore;
    private int _collections;
    private long _allocated;
    private bool _hasGivenUp;

    public LaunchRecorder(LaunchPlan plan, JobName job, string model, IBackend backend)
    {
        _plan = plan;
        _job = job;
        _model = plan.Models[model];
        _backend = backend;
        _recordPath = LaunchRecord.PathOf(plan.WorkFolder, job.ToString(), model);
        _outputsPath = LaunchRecord.OutputsPathOf(plan.WorkFolder, job.ToString(), model);
        _outputs = new float[_model.OutputLength * _model.EvaluatedImages];
        _isRecorded = new bool[_model.EvaluatedImages];
    }

    private int TimedIteration => _iteration - _plan.WarmupIterations;

    /// <summary>Loads the network and the images, and makes the first inference.</summary>
    public IExecution Start() => Guard(() =>
    {
        ThrowIfCancelled();
        var request = Request();
        _backend.Open();
        _engineBuildMs = _backend.Prepare(request)?.TotalMilliseconds;
        var clock = Stopwatch.GetTimestamp();
        _session = _backend.Load(request);
        _execution = _session.NewExecution();
        _loadMs = Stopwatch.GetElapsedTime(clock).TotalMilliseconds;
        _pool = ImagePool.Load(_model, _plan, _job.Round, _execution);
        clock = Stopwatch.GetTimestamp();
        _execution.Run(_pool[_pool.Count - 1]);
        _firstInferenceMs = Stopwatch.GetElapsedTime(clock).TotalMilliseconds;
        return _plan.SlowDown?.For(_job.Backend) is { } share ? new SlowedExecution(_execution, share) : _execution;
    });

    /// <summary>Chooses the next image. Warm-up takes them from the end of the pool, the timed iterations from its beginning.</summary>
    public IBoundInput BeforeIteration() => Guard(() =>
    {
        ThrowIfCancelled();
        _iteration++;
        _place = TimedIteration >= 0 ? TimedIteration % _pool.Count : _pool.Count - 1 - (_iteration % _pool.Count);
        if (TimedIteration == 0)
        {
            _meter = LoadMeter.Start();
        }

        _collectionsBefore = GC.CollectionCount(0);
        _allocatedBefore = GC.GetAllocatedBytesForCurrentThread();
        return _pool[_place];
    });

    /// <summary>Keeps the output, the first time that an image is seen in a timed iteration.</summary>
    public void AfterIteration()
    {
        var allocated = GC.GetAllocatedBytesForCurrentThread() - _allocatedBefore;
        var collections = GC.CollectionCount(0) - _collectionsBefore;
        if (TimedIteration < 0)
        {
            return;
        }

        _allocated += allocated;
        _collections += collections;
        Guard(() => Record(_place));
        if (TimedIteration == _plan.Iterations - 1)
        {
            _meter.Stop();
        }
    }

    /// <summary>Processes what is left of this launch's share of the evaluation images, and writes everything down.</summary>
    public void Finish()
    {
        if (_hasGivenUp)
        {
            return;
        }

        Guard(() =>
        {
            if (_iteration + 1 != _plan.WarmupIterations + _plan.Iterations)
            {
                throw new InferenceException(
                    $"Found {_iteration + 1} iterations; expected {_plan.WarmupIterations} of warm-up and {_plan.Iterations} timed ones.");
            }

            CheckRepetition();
            for (var place = 0; place < _pool.ShareCount; place++)
            {
                if (!_isRecorded[_pool.ImageAt(place)])
                {
                    _execution.Run(_pool[place]);
                    Record(place);
                }
            }

            var profile = _job.Round == 1 ? Inspect() : null;
            var images = WriteOutputs();
            var launch = new LaunchFacts
            {
                Round = _job.Round,
                LoadMs = _loadMs,
                FirstInferenceMs = _firstInferenceMs,
                GcCollections = _collections,
                AllocatedBytesPerInference = (double)_allocated / _plan.Iterations,
                StealShare = _meter.StealShare,
                OtherLoadShare = _meter.OtherLoadShare,
                EngineBuildMs = _engineBuildMs,
            };
            new LaunchRecord(null, false, launch, _session.Facts, profile, images).Write(_recordPath);
        });
        _pool.Dispose();
        _execution.Dispose();
        _session.Dispose();
    }

    /// <summary>Leaves a record of why the process gives up. BenchmarkDotNet still cleans up after it;
    /// the first failure is the one that counts.</summary>
    public void GiveUp(Exception exception)
    {
        if (!_hasGivenUp)
        {
            _hasGivenUp = true;
            new LaunchRecord(exception.Message, exception is OperationCanceledException, null, null, null, []).Write(_recordPath);
        }
    }

    /// <summary>The timed process must give the same outputs again, outside the timed part.</summary>
    private void CheckRepetition()
    {
        for (var place = 0; place < Math.Min(RepeatedImages, Math.Min(_plan.Iterations, _pool.ShareCount)); place++)
        {
            _execution.Run(_pool[place]);
            var expected = OutputOf(_pool.ImageAt(place));
            if (!_execution.Output.SequenceEqual(expected))
            {
                var found = _execution.Output;
                var largest = 0f;
                for (var i = 0; i < expected.Length; i++)
                {
                    largest = Math.Max(largest, Math.Abs(found[i] - expected[i]));
                }

                throw new InferenceException(
                    $"The output for image {_pool.ImageAt(place)} changed by up to {largest} between a timed and an untimed inference of "
                    + "the same process; expected the same.");
            }
        }
    }

    private void Record(int place)
    {
        var image = _pool.ImageAt(place);
        if (_isRecorded[image] || place >= _pool.ShareCount)
        {
            return;
        }

        // The sum is NaN or infinite if any value is (or if it overflows: then every value is looked at).
        var output = _execution.Output;
        for (var i = 0; !float.IsFinite(TensorPrimitives.SumOfMagnitudes(output[i..])); i++)
        {
            if (!float.IsFinite(output[i]))
            {
                throw new InferenceException(
                    $"The network gave {output[i]} at position {i} for image {image}; expected finite numbers. "
                    + "The precision may be too low for these weights.");
            }
        }

        output.CopyTo(OutputOf(image));
        _isRecorded[image] = true;
    }

    private ExecutionProfile Inspect()
    {
        using var rows = NpyRows.Open(_model.InputsPath);
        var profile = _backend.Inspect(Request(), new ImageReader(rows, _model).Read(_pool.ImageAt(0)));
        return _plan.AllowFallback || profile.Fallback(_backend.Id) is not { } fallback ? profile : throw new InferenceException(fallback);
    }

    private SessionRequest Request() => _model.Request(
        Precisions.TryParse(_job.Precision, out var precision) ? precision : throw new FormatException(_job.Precision), _backend.Format,
        _plan.Threads, _plan.Cache);

    private int[] WriteOutputs()
    {
        var images = Enumerable.Range(0, _isRecorded.Length).Where(image => _isRecorded[image]).ToArray();
        using var writer = new NpyRowsWriter(_outputsPath, NpyElementType.Float32, images.Length, _model.OutputLength);
        for (var row = 0; row < images.Length; row++)
        {
            writer.Write(row, System.Runtime.InteropServices.MemoryMarshal.AsBytes<float>(OutputOf(images[row])));
        }

        writer.Complete();
        return images;
    }

    private Span<float> OutputOf(int image) => _outputs.AsSpan(image * _model.OutputLength, _model.OutputLength);

    private void ThrowIfCancelled()
    {
        if (File.Exists(_plan.CancelFile))
        {
            throw new OperationCanceledException("The run was interrupted.");
        }
    }

    private void Guard(Action action) => Guard(() =>
    {
        action();
        return true;
    });

    /// <summary>Leaves a record of why the process gave up, before BenchmarkDotNet ends it.</summary>
    private T Guard<T>(Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception e)
        {
            GiveUp(e);
            throw;
        }
    }
}
