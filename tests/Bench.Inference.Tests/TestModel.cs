using Bench.Arrays.Npy;
using Bench.Models;
using Bench.Models.Cards;
using Bench.Models.Files;
using Bench.Models.Metrics;

namespace Bench.Inference.Tests;

/// <summary>A built-in model with its evaluation images.</summary>
internal sealed class TestModel
{
    private static readonly string Cache = Repository.File("models", ".cache");

    private readonly ModelCard _card;
    private readonly string _cardPath;
    private readonly EvaluationFiles _data;

    public TestModel(string name)
    {
        _cardPath = Repository.File("models", name + ".json");
        _card = ModelCardReader.Read(_cardPath);
        _data = EvaluationFiles.Find(_card, _cardPath, Cache);
    }

    /// <summary>The precision of a name: attributes of tests hold nothing but texts.</summary>
    public static Precision Precision(string id) => Precisions.All.Single(precision => precision.Id == id);

    public IReadOnlyList<int> InputShape => _card.Input.Shape;

    public ModelFile File(ModelFormat format, Precision precision) => ModelFiles.Find(_card, _cardPath, format, precision, Cache)!;

    public SessionRequest Request(Precision precision)
    {
        var file = File(ModelFormat.Onnx, precision);
        return new SessionRequest
        {
            ModelPath = file.Path,
            ModelSha256 = file.Sha256,
            Precision = precision,
            InputName = _card.Input.Name,
            InputShape = _card.Input.Shape,
            OutputName = _card.Output.Name,
            OutputShape = _card.Output.Shape,
            Cache = Cache,
        };
    }

    public float[] Input(int image)
    {
        using var rows = NpyRows.Open(_data.InputsPath);
        var stored = new byte[rows.RowLength];
        rows.Read(image, stored);
        var channels = _card.Input.Shape[1];
        var pixels = stored.Length / channels;
        var input = new float[stored.Length];
        for (var i = 0; i < stored.Length; i++)
        {
            input[(i % channels * pixels) + (i / channels)] = (stored[i] - _card.Input.Mean) / _card.Input.Scale;
        }

        return input;
    }

    public float[] Run(IInferenceSession session, int image)
    {
        using var execution = session.NewExecution();
        using var input = execution.Bind(Input(image));
        execution.Run(input);
        return execution.Output.ToArray();
    }

    public double Metric(IInferenceSession session, int count)
    {
        var metric = TaskMetrics.Open(_card.Task, _card.Output, _data.LabelsPath);
        return Enumerable.Range(0, count).Average(image => metric.Score(image, Run(session, image)).Metric);
    }
}
