using System.Numerics.Tensors;
using System.Security.Cryptography;
using Bench.Analysis.Runs;
using Bench.Arrays;
using Bench.Arrays.Npy;
using Bench.Arrays.Npz;
using Bench.Inference;
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
    // How many outputs of timed inferences are compared with those of a second, untimed one.
    private const int RepeatedImages = 4;
    private const long MostBytesInMemory = 256L << 20;

    private readonly RunFolder _folder;
    private readonly PlannedModel _model;
    private readonly int[] _images;
    private readonly bool[] _isRecorded;
    private readonly IReadOnlyList<TensorSpec> _outputs;
    private readonly int _judged;
    private readonly double[] _numbers;
    private readonly byte[]? _memory;
    private readonly Dictionary<int, double[]> _repeated = [];
    private readonly string _path;
    private readonly NpyRowsWriter? _writer;
    private int _compared;
    private double _maxRepeatDifference;

    /// <param name="folder">The run's folder.</param>
    /// <param name="name">The launch.</param>
    /// <param name="model">The network.</param>
    /// <param name="outputs">What comes out of its file.</param>
    /// <param name="images">The numbers of the images, at least one.</param>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public OutputRecorder(
        RunFolder folder, LaunchName name, PlannedModel model, IReadOnlyList<TensorSpec> outputs, IEnumerable<int> images)
    {
        (_folder, _model, _outputs) = (folder, model, outputs);
        _images = [.. images.Order()];
        _isRecorded = new bool[_images.Length];
        _judged = outputs.ToList().FindIndex(output => output.Name == model.Judged);
        _numbers = new double[Judged?.Length ?? 0];
        _path = Path.Combine(folder.Launches.Path, $"{name}.outputs");
        if (Judged is not { } judged)
        {
            return;
        }

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

    private TensorSpec? Judged => _judged < 0 ? null : _outputs[_judged];

    /// <summary>Whether an image of the share has not been seen yet.</summary>
    public bool IsMissing(int image) => Array.BinarySearch(_images, image) is var row && row >= 0 && !_isRecorded[row];

    /// <summary>Keeps an output, the first time that its image is seen; all of them are looked at.</summary>
    /// <param name="image">The number of the image; others than those of the share are left alone.</param>
    /// <param name="execution">Has the outputs that the network gave.</param>
    /// <exception cref="InferenceException">One holds what is no number.</exception>
    public void Record(int image, IExecution execution)
    {
        if (!IsMissing(image))
        {
            return;
        }

        for (var i = 0; i < _outputs.Count; i++)
        {
            FiniteNumbers.Check(_outputs[i], execution.Output(i), image);
        }

        var row = Array.BinarySearch(_images, image);
        _isRecorded[row] = true;
        if (Judged is not { } judged)
        {
            return;
        }

        var output = execution.Output(_judged);
        if (_memory is not null)
        {
            output.CopyTo(RowOf(row, judged));
        }
        else
        {
            _writer!.Write(row, output);
        }

        if (_repeated.Count < RepeatedImages)
        {
            ElementConversion.ToDoubles(output, judged.Type, _numbers);
            _repeated[image] = [.. _numbers];
        }
    }

    /// <summary>Whether an image is one of those that are processed a second time.</summary>
    public bool IsRepeated(int image) => _repeated.ContainsKey(image);

    /// <summary>Compares an output of a second, untimed inference with that of the timed one.</summary>
    /// <param name="image">The number of the image.</param>
    /// <param name="execution">Has the outputs that the network gave this time.</param>
    /// <exception cref="InferenceException">It differs by more than the model allows.</exception>
    public void Repeat(int image, IExecution execution)
    {
        var first = _repeated[image];
        ElementConversion.ToDoubles(execution.Output(_judged), Judged!.Type, _numbers);
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
                $"The output for image {image} changed by up to {largest} between a timed and an untimed inference of the same process; "
                + $"expected at most {allowed} (the card's repeatTolerance, {_model.RepeatTolerance} of the largest magnitude).");
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
