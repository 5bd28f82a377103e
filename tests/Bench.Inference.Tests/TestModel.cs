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
    private readonly string _inputsPath;
    private readonly string _labelsPath;

    public TestModel(string name)
    {
        _cardPath = Repository.File("models", name + ".json");
        _card = ModelCardReader.Read(_cardPath);
        var data = EvaluationData.WithFiles(_card, Cache).Data!;
        (_inputsPath, _labelsPath) = (data.Inputs!, data.Labels!);
    }

    /// <summary>The precision of a name: attributes of tests hold nothing but texts.</summary>
    public static Precision Precision(string id) => Precisions.All.Single(precision => precision.Id == id);

    public IReadOnlyList<int> InputShape => _card.Input!.KnownShape;

    public ModelFile File(ModelFormat format, Precision precision) => ModelFiles.Find(_card, _cardPath, format, precision, Cache)!;

    public SessionRequest Request(Precision precision)
    {
        var file = File(ModelFormat.Onnx, precision);
        return new SessionRequest
        {
            ModelPath = file.Path,
            ModelSha256 = file.Sha256,
            Precision = precision,
            Inputs = [TinyModel.Tensor(_card.Input!.Name!, [.. _card.Input.KnownShape])],
            Outputs = [TinyModel.Tensor(_card.Output!.KnownName, [.. _card.Output.KnownShape])],
            Cache = Cache,
        };
    }

    public float[] Input(int image)
    {
        using var rows = NpyRows.Open(_inputsPath);
        var stored = new byte[rows.RowLength];
        rows.Read(image, stored);
        var channels = _card.Input!.KnownShape[1];
        var pixels = stored.Length / channels;
        var input = new float[stored.Length];
        for (var i = 0; i < stored.Length; i++)
        {
            input[(i % channels * pixels) + (i / channels)] = (stored[i] - _card.Input.Mean[0]) / _card.Input.Scale[0];
        }

        return input;
    }

    public float[] Run(IInferenceSession session, int image)
    {
        using var execution = session.NewExecution();
        using var input = execution.BindFloats(Input(image));
        execution.Run(input);
        return execution.Floats().ToArray();
    }

    public double Metric(IInferenceSession session, int count)
    {
        var metric = TaskMetrics.Open(_card.Task, _card.Output!.Values, Request(Models.Precision.Fp32).Outputs[0], _labelsPath);
        return Enumerable.Range(0, count).Average(image => metric.Score(image, Array.ConvertAll(Run(session, image), value =>
            (double)value)).Metric);
    }
}
