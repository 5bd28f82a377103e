using Bench.Arrays;
using Bench.Models;
using Bench.Models.Cards;
using Bench.Models.Files;
using Bench.Models.Halves;
using Bench.Models.Inputs;
using Bench.Models.Onnx;
using Bench.Models.Signatures;

namespace Bench.Benchmarks.Preparing;

/// <summary>Makes and checks everything that is needed to measure a model, before anything is measured.</summary>
internal sealed class ModelPreparation
{
    private readonly ModelSource _source;
    private readonly PreparingOptions _options;
    private readonly ModelCard _card;
    private readonly IReadOnlyList<Precision> _precisions;
    private readonly List<FileProblem> _problems = [];
    private (ModelFile File, HalfReport Report)? _halves;
    private Int8Note? _int8;

    private ModelPreparation(ModelSource source, PreparingOptions options)
    {
        (_source, _options) = (source, options);
        _card = EvaluationData.WithFiles(source.Card(), options.Cache);
        _precisions = options.PrecisionsOf(_card, source.IsBare);
    }

    /// <summary>Prepares a model.</summary>
    /// <param name="source">Where it comes from.</param>
    /// <param name="options">How.</param>
    /// <returns>The model, or why it cannot be measured.</returns>
    public static PreparedModel Prepare(ModelSource source, PreparingOptions options)
    {
        ModelPreparation? preparation = null;
        try
        {
            preparation = new ModelPreparation(source, options);
            return preparation.Run();
        }
        catch (Exception e) when (e is ModelCardException or IOException or UnauthorizedAccessException)
        {
            return new PreparedModel
            {
                Name = source.Id,
                Source = source,
                Card = preparation?._card,
                Precisions = preparation?._precisions ?? options.Precisions,
                Failure = e.Message,
            };
        }
    }

    private PreparedModel Run()
    {
        var files = Files();
        if (files.Count == 0)
        {
            return _problems.Count > 0
                ? throw new ModelCardException(_source.Path, [.. _problems.Select(problem => problem.Reason).Distinct()])
                : Result([], null, null);
        }

        var planned = _card.Network.Architecture is null ? new OwnNetwork(_source.Path, _card, _options).Look(files, _problems)
            : BuiltIn(files);
        var reference = planned.Files[0].Signature;
        if (_card.Volume is { } volume && VolumeCheck.Fault(volume, reference.Inputs[0]) is { } fault)
        {
            throw new ModelCardException(_source.Path, [fault]);
        }

        var judged = Judged(reference);
        var data = EvaluationData.Check(_card, _source.Path, planned.Stored, planned.Sources, reference, judged);
        var batches = new BatchPreparation(_card, _source.Path, judged, _options);
        IEnumerable<PlannedFile> all = [.. planned.Files, .. Integers(planned, data)];
        return Result(
            [.. all.Where(file => IsWanted(file.File.Numbers) && IsOfTheSame(planned.Files[0], file, judged)).Select(batches.With)],
            judged, data);
    }

    private PreparedModel Result(IReadOnlyList<PlannedFile> files, TensorSpec? judged, EvaluationData? data) => new()
    {
        Name = _card.Id!,
        Source = _source,
        Card = _card,
        Precisions = _precisions,
        Files = files,
        Problems = _problems,
        Judged = judged,
        Halves = _halves?.Report,
        Int8 = _int8,
        Data = data,
        Failure = files.Count == 0 ? WhyNone() : null,
    };

    private bool IsOfTheSame(PlannedFile first, PlannedFile file, TensorSpec? judged)
    {
        if (SameNetwork.WhyNot(first, file, judged) is not { } reason)
        {
            return true;
        }

        _problems.Add(new FileProblem(
            file.File.Format, Precisions.All.First(precision => precision.File == file.File.Numbers), reason));
        return false;
    }

    private string WhyNone()
    {
        var found = _card.Network.Onnx is { Count: > 0 } onnx
            ? $" There is one at {string.Join(" and ", onnx.Keys)}; Bench makes fp16 files of fp32 ones, and no others."
            : string.Empty;
        return $"{_source.Path}: found no file at {string.Join(" or ", _precisions)}.{found}";
    }

    /// <summary>The files that are wanted, those of ONNX first, fp32 before others.</summary>
    private List<ModelFile> Files()
    {
        var files = new List<ModelFile>();
        foreach (var (format, precision) in _options.Formats.SelectMany(
            format => _precisions.DistinctBy(precision => precision.File).Select(precision => (format, precision))))
        {
            try
            {
                if (ModelFiles.Find(_card, _source.Path, format, precision, _options.Cache) is { } file)
                {
                    files.Add(file);
                }
            }
            catch (Exception e) when ((e is ModelCardException or NotSupportedException)
                && (format != ModelFormat.Onnx || _card.Network.Architecture is null))
            {
                _problems.Add(new FileProblem(format, precision, e.Message));
            }
        }

        AddHalves(files);
        if (MakesIntegers && Precision32(files) is { } full && !files.Contains(full))
        {
            files.Insert(0, full);
        }

        return files;
    }

    /// <summary>Whether int8 files are asked for that nobody brought.</summary>
    private bool MakesIntegers => _options.ArePrecisionsNamed && _precisions.Contains(Precision.Int8) && _options.Int8Recipes.Count > 0
        && _card.Network.Onnx?.ContainsKey(Precision.Int8.File) != true;

    private bool IsWanted(string numbers) => !MakesIntegers || _precisions.Any(precision => precision.File == numbers);

    private ModelFile? Precision32(List<ModelFile> files) =>
        files.Find(file => file.Format == ModelFormat.Onnx && file.Numbers == Precision.Fp32.File)
            ?? ModelFiles.Find(_card, _source.Path, ModelFormat.Onnx, Precision.Fp32, _options.Cache);

    private IReadOnlyList<PlannedFile> Integers(PlannedNetwork planned, EvaluationData data)
    {
        if (!MakesIntegers)
        {
            return [];
        }

        try
        {
            var source = planned.Files.FirstOrDefault(file => file.File.Format == ModelFormat.Onnx
                && file.File.Numbers == Precision.Fp32.File)
                    ?? throw new NotSupportedException("there is no fp32 ONNX file to make it of.");
            var preparation = new Int8Preparation(_card, _source.Path, source, _options);
            var made = preparation.Make(data);
            _int8 = new Int8Note(preparation.Report!, preparation.Calibration!.Method, preparation.Calibration.Images);
            return made;
        }
        catch (Exception e) when (e is ModelCardException or NotSupportedException or InvalidDataException)
        {
            _problems.Add(new FileProblem(ModelFormat.Onnx, Precision.Int8, $"no int8 file was made: {e.Message}"));
            return [];
        }
    }

    /// <summary>Makes the fp16 file that is asked for and that nobody brought.</summary>
    private void AddHalves(List<ModelFile> files)
    {
        if (!_options.ArePrecisionsNamed || !_precisions.Contains(Precision.Fp16) || _card.Network.Architecture is not null
            || _card.Network.Onnx?.ContainsKey(Precision.Fp16.File) == true)
        {
            return;
        }

        try
        {
            if (Precision32(files) is { } source)
            {
                var (half, report) = HalfFiles.Make(source, _card.Id!, _options.Cache);
                files.Insert(files.FindLastIndex(file => file.Format == ModelFormat.Onnx) + 1, half);
                _halves = (half, report);
                Keep(half.Path, source.Path);
            }
        }
        catch (Exception e) when (e is ModelCardException or NotSupportedException or InvalidDataException)
        {
            _problems.Add(new FileProblem(ModelFormat.Onnx, Precision.Fp16, $"no fp16 file was made: {e.Message}"));
        }
    }

    private PlannedNetwork BuiltIn(List<ModelFile> files)
    {
        var input = new TensorSpec(_card.Input!.Name!, ElementType.Float32, _card.Input.KnownShape);
        var signature = NetworkSignature.Of(input, new TensorSpec(_card.Output!.KnownName, ElementType.Float32, _card.Output.KnownShape));
        signature = signature with { BatchAxes = BatchAxes.First(signature) };
        var faults = new List<string>();
        var stored = StoredInput.Find(_card, _source.Path, [input.Name], _options.Questions.Inputs, _options.Cache, faults);
        var sources = EvaluationData.Fit(_card, stored, signature.Inputs, IndexBounds.None, faults);
        return faults.Count > 0
            ? throw new ModelCardException(_source.Path, faults)
            : new PlannedNetwork([.. files.Select(file => new PlannedFile(file, signature))], stored, sources);
    }

    private void Keep(string made, string source)
    {
        var beside = Path.ChangeExtension(source, $".{Precision.Fp16.File}{ModelSource.OnnxEnding}");
        if (_options.KeepConverted && !File.Exists(beside))
        {
            File.Copy(made, beside);
        }
    }

    /// <summary>A window is what the network takes.</summary>
    /// <summary>The output that is compared and scored: the one that is named, or else the first of known length, floats before others.
    /// </summary>
    private TensorSpec? Judged(NetworkSignature signature)
    {
        var named = _options.Questions.Judged is { } asked && signature.Outputs.Any(output => output.Name == asked)
            ? asked
            : _card.Output?.Name;
        if (named is null)
        {
            return signature.Outputs.Where(output => output.IsFixed).OrderBy(output => output.Type.IsFloat() ? 0 : 1).FirstOrDefault();
        }

        var output = signature.Outputs.FirstOrDefault(output => output.Name == named) ?? throw new ModelCardException(
            _source.Path, [$"the network gives {string.Join(", ", signature.Outputs)}; found '{named}' as the output that is judged."]);
        return !output.IsFixed
            ? throw new ModelCardException(_source.Path, [$"the length of {output} depends on the numbers that go in, so that it cannot be "
                + "compared number by number; choose another output to be judged."])
            : _card.Output?.Name == named && _card.Output.Shape is { } shape && !shape.SequenceEqual(output.Shape)
            ? throw new ModelCardException(_source.Path, [$"the network gives {output}; the model card says {TensorSpec.Text(shape)}."])
            : output;
    }
}

/// <summary>A network's files with their inputs and outputs, and where the numbers that go in come from.</summary>
/// <param name="Files">The files; at least one.</param>
/// <param name="Stored">What is there for each input.</param>
/// <param name="Sources">Where the numbers of each input come from.</param>
internal sealed record PlannedNetwork(
    IReadOnlyList<PlannedFile> Files, IReadOnlyList<StoredInput> Stored, IReadOnlyList<InputSource> Sources);
