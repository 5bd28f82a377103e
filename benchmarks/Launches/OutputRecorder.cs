using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Bench.Analysis.Runs;
using Bench.Arrays.Npy;
using Bench.Arrays.Npz;
using Bench.Inference;
using Bench.Models.Metrics;

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
    private readonly float[]? _memory;
    private readonly Dictionary<int, float[]> _repeated = [];
    private readonly string _path;
    private readonly NpyRowsWriter _writer;
    private int _compared;
    private double _maxRepeatDifference;

    /// <param name="folder">The run's folder.</param>
    /// <param name="name">The launch.</param>
    /// <param name="model">The network.</param>
    /// <param name="images">The numbers of the images, at least one.</param>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public OutputRecorder(RunFolder folder, LaunchName name, PlannedModel model, IEnumerable<int> images)
    {
        (_folder, _model) = (folder, model);
        _images = [.. images.Order()];
        _isRecorded = new bool[_images.Length];
        var length = (long)_images.Length * model.OutputLength;
        if (length * sizeof(float) <= MostBytesInMemory)
        {
            // Touched now, so that no page is missing later.
            _memory = new float[length];
            _memory.AsSpan().Fill(1);
        }

        Directory.CreateDirectory(folder.Launches.Path);
        Directory.CreateDirectory(folder.OutputsPath);
        _path = Path.Combine(folder.Launches.Path, $"{name}.outputs");
        _writer = new NpyRowsWriter(_path, NpyElementType.Float32, [_images.Length, .. model.Output.Shape.Skip(1)]);
    }

    /// <summary>Whether an image of the share has not been seen yet.</summary>
    public bool IsMissing(int image) => Array.BinarySearch(_images, image) is var row && row >= 0 && !_isRecorded[row];

    /// <summary>Keeps an output, the first time that its image is seen.</summary>
    /// <param name="image">The number of the image; others than those of the share are left alone.</param>
    /// <param name="output">What the network gave.</param>
    /// <exception cref="InferenceException">It holds what is no number.</exception>
    public void Record(int image, ReadOnlySpan<float> output)
    {
        if (!IsMissing(image))
        {
            return;
        }

        CheckFinite(image, output);
        var row = Array.BinarySearch(_images, image);
        if (_memory is not null)
        {
            output.CopyTo(RowOf(row));
        }
        else
        {
            _writer.Write(row, MemoryMarshal.AsBytes(output));
        }

        _isRecorded[row] = true;
        if (_repeated.Count < RepeatedImages)
        {
            _repeated[image] = output.ToArray();
        }
    }

    /// <summary>Whether an image is one of those that are processed a second time.</summary>
    public bool IsRepeated(int image) => _repeated.ContainsKey(image);

    /// <summary>Compares an output of a second, untimed inference with that of the timed one.</summary>
    /// <param name="image">The number of the image.</param>
    /// <param name="output">What the network gave this time.</param>
    /// <exception cref="InferenceException">It differs by more than the model allows.</exception>
    public void Repeat(int image, ReadOnlySpan<float> output)
    {
        var first = _repeated[image];
        var largest = 0f;
        for (var i = 0; i < first.Length; i++)
        {
            largest = Math.Max(largest, Math.Abs(output[i] - first[i]));
        }

        _compared++;
        _maxRepeatDifference = Math.Max(_maxRepeatDifference, largest);
        var allowed = _model.RepeatTolerance * Math.Abs(TensorPrimitives.MaxMagnitude<float>(first));
        if (!(largest <= allowed))
        {
            throw new InferenceException(
                $"The output for image {image} changed by up to {largest} between a timed and an untimed inference of the same process; "
                + $"expected at most {allowed} (the card's repeatTolerance, {_model.RepeatTolerance} of the largest magnitude).");
        }
    }

    /// <summary>Gives the file its name, which is that of its content: launches that gave the same have one file.</summary>
    /// <returns>The share.</returns>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public OutputShare Finish()
    {
        for (var row = 0; _memory is not null && row < _images.Length; row++)
        {
            _writer.Write(row, MemoryMarshal.AsBytes<float>(RowOf(row)));
        }

        _writer.Complete();
        var metric = TaskMetrics.Open(_model.Task, _model.Output, _model.LabelsPath);
        var scores = Scores(metric);
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
            MetricName = metric.Name,
            GradedName = metric.GradedName,
            Metric = Array.ConvertAll(scores, score => score.Metric),
            Graded = Array.ConvertAll(scores, score => score.Graded),
            Inside = scores[0].Inside is null ? null : Array.ConvertAll(scores, score => score.Inside!.Value),
            Repeated = _compared,
            MaxRepeatDifference = _maxRepeatDifference,
        };
    }

    private Span<float> RowOf(int row) => _memory.AsSpan(row * _model.OutputLength, _model.OutputLength);

    private ImageScore[] Scores(ITaskMetric metric)
    {
        using var rows = NpyRows.Open(_path);
        var output = new float[_model.OutputLength];
        var scores = new ImageScore[_images.Length];
        for (var row = 0; row < scores.Length; row++)
        {
            rows.Read(row, MemoryMarshal.AsBytes(output.AsSpan()));
            scores[row] = metric.Score(_images[row], output);
        }

        return scores;
    }

    public void Dispose()
    {
        _writer.Dispose();
        File.Delete(_path);
    }

    /// <summary>The sum is NaN or infinite if any value is (or if it overflows: then every value is looked at).</summary>
    private static void CheckFinite(int image, ReadOnlySpan<float> output)
    {
        if (float.IsFinite(TensorPrimitives.SumOfMagnitudes(output)))
        {
            return;
        }

        for (var i = 0; i < output.Length; i++)
        {
            if (!float.IsFinite(output[i]))
            {
                throw new InferenceException(
                    $"The network gave {output[i]} at position {i} for image {image}; expected finite numbers. "
                    + "The precision may be too low for these weights.");
            }
        }
    }

    private static string Hash(string path)
    {
        using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }
}
