using System.Numerics.Tensors;
using System.Security.Cryptography;
using Bench.Analysis.Runs;
using Bench.Arrays;
using Bench.Arrays.Npy;
using Bench.Arrays.Npz;
using Bench.Inference;
using Bench.Models.Batches;
using Bench.Models.Metrics;
using Bench.Models.Signatures;

namespace Bench.Benchmarks.Launches;

/// <summary>
/// Keeps what the network gave for a launch's share of the images, each output once. While requests are timed an output is only copied:
/// into memory that was reserved before, or, where all of them are too large for that, into the file.
/// Scores and the archive are made at the end.
/// </summary>
internal sealed class OutputRecorder : IDisposable
{
    // How many outputs are compared with those of a second, untimed one.
    private const int RepeatedImages = 4;
    private const long MostBytesInMemory = 256L << 20;

    private readonly RunFolder _folder;
    private readonly PlannedModel _model;
    private readonly int[] _images;
    private readonly bool[] _isRecorded;
    private readonly RequestLayout _layout;
    private readonly int _judged;
    private readonly BatchLayout? _places;
    private readonly double[] _numbers;
    private readonly byte[] _image;
    private readonly byte[]? _memory;
    private readonly Dictionary<int, double[]> _repeated = [];
    private readonly string _path;
    private readonly NpyRowsWriter? _writer;
    private int _compared;
    private double _maxRepeatDifference;

    /// <param name="folder">The run's folder.</param>
    /// <param name="name">The launch.</param>
    /// <param name="model">The network.</param>
    /// <param name="layout">What comes out of a request.</param>
    /// <param name="images">The numbers of the images, at least one.</param>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public OutputRecorder(RunFolder folder, LaunchName name, PlannedModel model, RequestLayout layout, IEnumerable<int> images)
    {
        (_folder, _model, _layout) = (folder, model, layout);
        _images = [.. images.Order()];
        _isRecorded = new bool[_images.Length];
        _judged = layout.Image.Outputs.ToList().FindIndex(output => output.Name == model.Judged);
        _numbers = new double[Judged?.Length ?? 0];
        _image = new byte[Judged?.Bytes ?? 0];
        _path = Path.Combine(folder.Launches.Path, $"{name}.outputs");
        if (Judged is not { } judged)
        {
            return;
        }

        _places = new BatchLayout(layout.Request.Outputs[_judged], layout.Image.BatchAxes.Outputs);
        var length = (long)_images.Length * judged.Bytes;
        if (length <= MostBytesInMemory)
        {
            // Touched now, so that no page is missing later.
            _memory = new byte[length];
            _memory.AsSpan().Fill(1);
        }

        Directory.CreateDirectory(folder.Launches.Path);
        Directory.CreateDirectory(folder.OutputsPath);
        _writer = new NpyRowsWriter(_path, judged.Type, [_images.Length, .. RowShape(judged)]);
    }

    private TensorSpec? Judged => _judged < 0 ? null : _layout.Image.Outputs[_judged];

    /// <summary>Whether an image of the share, among those of a request, has not been seen yet.</summary>
    public bool IsMissing(IReadOnlyList<int> images)
    {
        for (var i = 0; i < images.Count; i++)
        {
            if (RowWithout(images[i]) >= 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Keeps what a request gave for images that are seen for the first time; all outputs are looked at.</summary>
    /// <param name="images">The numbers of its images; others than those of the share are left alone.</param>
    /// <param name="execution">Has the outputs that the network gave.</param>
    /// <exception cref="InferenceException">One holds what is no number.</exception>
    public void Record(IReadOnlyList<int> images, IExecution execution)
    {
        if (!IsMissing(images))
        {
            return;
        }

        for (var i = 0; i < _layout.Request.Outputs.Count; i++)
        {
            FiniteNumbers.Check(_layout.Request.Outputs[i], execution.Output(i), images);
        }

        for (var place = 0; place < images.Count; place++)
        {
            if (RowWithout(images[place]) is var row and >= 0)
            {
                _isRecorded[row] = true;
                Keep(images[place], row, place, execution);
            }
        }
    }

    /// <summary>Whether an image of a request is one of those that are processed a second time.</summary>
    public bool IsRepeated(IReadOnlyList<int> images) => images.Any(_repeated.ContainsKey);

    /// <summary>Compares the outputs of a second, untimed request with those of the first one.</summary>
    /// <param name="images">The numbers of its images.</param>
    /// <param name="execution">Has the outputs that the network gave this time.</param>
    /// <exception cref="InferenceException">One differs by more than the model allows.</exception>
    public void Repeat(IReadOnlyList<int> images, IExecution execution)
    {
        for (var place = 0; place < images.Count; place++)
        {
            if (_repeated.TryGetValue(images[place], out var first))
            {
                _places!.Take(execution.Output(_judged), place, _image);
                ElementConversion.ToDoubles(_image, Judged!.Type, _numbers);
                Compare(images[place], first);
            }
        }
    }

    /// <summary>Gives the file its name, which is that of its content: launches that gave the same have one file.</summary>
    /// <returns>The share; null if no output is judged.</returns>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public OutputShare? Finish()
    {
        if (Judged is not { } judged)
        {
            return null;
        }

        for (var row = 0; _memory is not null && row < _images.Length; row++)
        {
            _writer!.Write(row, RowOf(row, judged));
        }

        _writer!.Complete();
        var metric = _model.LabelsPath is { } labels ? TaskMetrics.Open(_model.Task, _model.Values, judged, labels) : null;
        var scores = metric is null ? null : Scores(metric);
        var name = $"outputs/{Hash(_path)[..16]}.npz";
        var place = Path.Combine(_folder.Path, name);
        if (!File.Exists(place))
        {
            NpzFile.Write(_path, place);
            AtomicFile.FlushNames(_folder.OutputsPath);
        }

        File.Delete(_path);
        return new OutputShare
        {
            File = name,
            Images = _images,
            MetricName = metric?.Name,
            GradedName = metric?.GradedName,
            Metric = scores is null ? null : Array.ConvertAll(scores, score => score.Metric),
            Graded = scores is null ? null : Array.ConvertAll(scores, score => score.Graded),
            ByClass = scores?[0].ByClass is null ? null : Array.ConvertAll(scores, score => score.ByClass!),
            Inside = scores?[0].Inside is null ? null : Array.ConvertAll(scores, score => score.Inside!.Value),
            Repeated = _compared,
            MaxRepeatDifference = _maxRepeatDifference,
        };
    }

    /// <returns>The row of an image of the share that has not been seen; -1 if there is none.</returns>
    private int RowWithout(int image) => Array.BinarySearch(_images, image) is var row && row >= 0 && !_isRecorded[row] ? row : -1;

    private void Keep(int image, int row, int place, IExecution execution)
    {
        if (Judged is not { } judged)
        {
            return;
        }

        var output = execution.Output(_judged);
        var kept = _memory is not null ? RowOf(row, judged) : _image;
        _places!.Take(output, place, kept);
        if (_memory is null)
        {
            _writer!.Write(row, kept);
        }

        if (_repeated.Count < RepeatedImages)
        {
            ElementConversion.ToDoubles(kept, judged.Type, _numbers);
            _repeated[image] = [.. _numbers];
        }
    }

    private void Compare(int image, double[] first)
    {
        var largest = 0.0;
        for (var i = 0; i < first.Length; i++)
        {
            largest = Math.Max(largest, Math.Abs(_numbers[i] - first[i]));
        }

        _compared++;
        _maxRepeatDifference = Math.Max(_maxRepeatDifference, largest);
        var allowed = _model.RepeatTolerance * Math.Abs(TensorPrimitives.MaxMagnitude<double>(first));
        if (!(largest <= allowed))
        {
            throw new InferenceException(
                $"The output for image {image} changed by up to {largest} between two inferences of the same process; "
                + $"expected at most {allowed} (the card's repeatTolerance, {_model.RepeatTolerance} of the largest magnitude).");
        }
    }

    /// <summary>The batch of 1 is no axis of an output; a network without a batch gives what it gives.</summary>
    private static IEnumerable<int> RowShape(TensorSpec output) => output.Shape is [1, ..] ? output.Shape.Skip(1) : output.Shape;

    private Span<byte> RowOf(int row, TensorSpec judged) => _memory.AsSpan(row * judged.Bytes, judged.Bytes);

    private ImageScore[] Scores(ITaskMetric metric)
    {
        using var rows = NpyRows.Open(_path);
        var row = new byte[rows.RowLength];
        var scores = new ImageScore[_images.Length];
        for (var i = 0; i < scores.Length; i++)
        {
            rows.Read(i, row);
            ElementConversion.ToDoubles(row, rows.ElementType, _numbers);
            scores[i] = metric.Score(_images[i], _numbers);
        }

        return scores;
    }

    public void Dispose()
    {
        _writer?.Dispose();
        File.Delete(_path);
    }

    private static string Hash(string path)
    {
        using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }
}
