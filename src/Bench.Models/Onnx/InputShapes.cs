using Bench.Arrays;
using Bench.Models.Signatures;

namespace Bench.Models.Onnx;

/// <summary>The inputs of a network with the length of every axis: from the file, from the data, or as somebody gave them.</summary>
public sealed record InputShapes
{
    // The first axis counts images unless its name says that it counts something else.
    private static readonly string[] NoBatch = ["seq", "len", "height", "width", "time", "frame", "token", "depth", "channel", "point"];

    private readonly Dictionary<string, int> _named = new(StringComparer.Ordinal);
    private readonly List<string> _faults = [];
    private readonly List<string> _asked = [];
    private readonly HashSet<string> _askedNames = [];

    private InputShapes()
    {
    }

    /// <summary>The inputs; those that are at fault are missing.</summary>
    public IReadOnlyList<TensorSpec> Inputs { get; private set; } = [];

    /// <summary>For each input that counts images on an axis of any length: which axis, from 0.</summary>
    public IReadOnlyDictionary<string, int> BatchAxes { get; private set; } = new Dictionary<string, int>();

    /// <summary>The lengths of the axes that have names.</summary>
    public IReadOnlyDictionary<string, int> FreeDimensions => _named;

    /// <summary>What is wrong, one sentence each.</summary>
    public IReadOnlyList<string> Faults => _asked.Count == 0 ? _faults :
    [
        .. _faults,
        $"leaves lengths open: give them with {string.Join(" ", _asked)}, or give the data that goes in (--input NAME=FILE).",
    ];

    /// <summary>Finds the length of every axis.</summary>
    /// <param name="file">What the file says.</param>
    /// <param name="given">The shape of an input, the batch of 1 included, as somebody gave it; null if nobody did.</param>
    /// <param name="stored">The shape of an input's data, an axis for the batch included; null if there are none.</param>
    /// <returns>The inputs, or what is wrong.</returns>
    public static InputShapes Of(
        OnnxSummary file, Func<string, IReadOnlyList<int>?> given, Func<string, IReadOnlyList<int>?> stored)
    {
        var shapes = new InputShapes();
        var usable = file.Inputs.Where(shapes.HasType).ToList();
        shapes.BatchAxes = usable.Select(input => (input.Name, Axis: BatchAxis(input))).Where(batch => batch.Axis >= 0)
            .ToDictionary(batch => batch.Name, batch => batch.Axis);
        foreach (var input in usable)
        {
            shapes.Learn(input, given(input.Name) ?? Fitting(input, stored(input.Name)));
        }

        shapes.Inputs = [.. usable.Select(input =>
            shapes.Shape(input, given(input.Name) ?? Fitting(input, stored(input.Name)), stored(input.Name))).OfType<TensorSpec>()];
        return shapes;
    }

    private bool HasType(OnnxValue input)
    {
        if (input.Type is null)
        {
            _faults.Add(input.TypeName == "string"
                ? $"takes text at '{input.Name}' (type string): what turns text into numbers is no part of what is measured; "
                    + "cut it off the network."
                : $"takes '{input.Name}' of type {input.TypeName}; "
                    + $"expected one of {string.Join(", ", Enum.GetValues<ElementType>().Select(type => type.Name()))}.");
        }

        return input.Type is not null;
    }

    /// <summary>The first axis that counts images by its name, or else the first axis; -1 if neither may have any length.</summary>
    private static int BatchAxis(OnnxValue input)
    {
        var axes = input.Axes ?? [];
        var named = axes.ToList().FindIndex(axis => axis.IsOpen && axis.IsNamedBatch);
        return named >= 0 ? named
            : axes is [{ IsOpen: true } first, ..]
                && !NoBatch.Any(name => first.Name?.Contains(name, StringComparison.OrdinalIgnoreCase) == true) ? 0
            : -1;
    }

    // Data whose channels are last may be turned: they tell no shape.
    private static IReadOnlyList<int>? Fitting(OnnxValue input, IReadOnlyList<int>? shape) =>
        shape is not null && input.Axes is { } axes && axes.Count == shape.Count
            && axes.Zip(shape).Skip(1).All(axis => axis.First.IsOpen || axis.First.Length == axis.Second)
                ? shape
                : null;

    private void Learn(OnnxValue input, IReadOnlyList<int>? shape)
    {
        var axes = input.Axes ?? [];
        for (var i = 0; i < axes.Count; i++)
        {
            if (axes[i] is not { IsOpen: true, Name: { } name })
            {
                continue;
            }

            var length = shape is not null && shape.Count == axes.Count ? shape[i]
                : BatchAxes.GetValueOrDefault(input.Name, -1) == i ? 1
                : (int?)null;
            if (length is { } found && !_named.TryAdd(name, found) && _named[name] != found)
            {
                _faults.Add(
                    $"calls two axes '{name}', which must be of one length; found {_named[name]} and, for '{input.Name}', {found}.");
            }
        }
    }

    private TensorSpec? Shape(OnnxValue input, IReadOnlyList<int>? given, IReadOnlyList<int>? stored)
    {
        if (input.Axes is not { } axes)
        {
            if (given is null)
            {
                _asked.Add($"--shape {input.Name}=SHAPE for {input}");
            }

            return given is null ? null : new TensorSpec(input.Name, input.Type!.Value, given);
        }

        if (given is not null)
        {
            if (given.Count != axes.Count || !axes.Zip(given).All(axis => axis.First.IsOpen || axis.First.Length == axis.Second))
            {
                _faults.Add($"takes {input}; found the shape {string.Join('x', given)} for it (--shape, or \"shape\" in the card). "
                    + "Expected one that fits, or none.");
                return null;
            }

            return new TensorSpec(input.Name, input.Type!.Value, given);
        }

        var batch = BatchAxes.GetValueOrDefault(input.Name, -1);
        var shape = axes.Select((axis, i) => !axis.IsOpen ? axis.Length
            : axis.Name is not null && _named.TryGetValue(axis.Name, out var named) ? named
            : i == batch ? 1
            : TensorSpec.Open).ToList();
        if (shape.Contains(TensorSpec.Open))
        {
            // One length for a name is enough, wherever it is given.
            List<string?> open = [.. axes.Where((_, i) => shape[i] == TensorSpec.Open).Select(axis => axis.Name)];
            if (open.TrueForAll(name => name is not null && _askedNames.Contains(name)))
            {
                return null;
            }

            _askedNames.UnionWith(open.OfType<string>());
            _asked.Add($"--shape {input.Name}={string.Join('x', shape.Select(axis => axis < 0 ? "?" : $"{axis}"))} for {input}"
                + (stored is null ? string.Empty : $", which data of {TensorSpec.Text(stored.Skip(1))} an example do not fit"));
            return null;
        }

        return new TensorSpec(input.Name, input.Type!.Value, shape);
    }
}
