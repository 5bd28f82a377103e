using System.Text.RegularExpressions;
using Bench.Models.Onnx;

namespace Bench.Models.Cards;

/// <summary>Models of which there is an ONNX file and no card.</summary>
/// <remarks>Files of one folder whose names differ in nothing but the precision are one model: <c>mine.onnx</c>, <c>mine.fp16.onnx</c>,
/// <c>mine-int8.onnx</c>. Which precision a file has its weights say.</remarks>
public static partial class BareModel
{
    /// <summary>The id of a file's model.</summary>
    /// <param name="path">The file.</param>
    /// <returns>Its name without the ending and, if that is its weights' precision, the precision at its end.</returns>
    public static string IdOf(string path) => ModelId.Of(Stem(path));

    /// <summary>A card that says what the files say.</summary>
    /// <param name="path">One of the model's ONNX files.</param>
    /// <returns>The card.</returns>
    /// <exception cref="ModelCardException">A file cannot be read, or two have the same precision.</exception>
    public static ModelCard CardOf(string path)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        var numbersOfPath = NumbersOf(path);
        var stem = Stem(path);
        var files = new Dictionary<string, string>();
        foreach (var file in Siblings(path, ".onnx").Where(file => Stem(file) == stem))
        {
            var numbers = Path.GetFileName(file) == Path.GetFileName(path) ? numbersOfPath : NumbersOf(file);
            if (files.TryGetValue(numbers, out var other))
            {
                throw new ModelCardException(path, [$"{other} and {Path.GetFileName(file)} both have weights in {numbers}; files whose "
                    + "names differ in the precision alone are one model, and have one precision each. Rename one of them, "
                    + "or write a card."]);
            }

            files[numbers] = Path.GetFileName(file);
        }

        var tensorFlow = Others(path, stem, ".pb");
        var openVino = Others(path, stem, ".xml");
        var names = new[] { files, tensorFlow, openVino }.OfType<Dictionary<string, string>>().SelectMany(all => all.Values);
        return new ModelCard
        {
            Id = ModelId.Of(stem),
            Title = string.Join(", ", names),
            Network = new NetworkSource { Onnx = files, TensorFlow = tensorFlow, OpenVino = openVino },
        };
    }

    private static string NumbersOf(string file)
    {
        try
        {
            return OnnxSummary.Read(file).Numbers;
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw new ModelCardException(file, [e.Message], e);
        }
    }

    /// <summary>Files of another format, whose names must say their precision if it is not fp32: nothing else tells it.</summary>
    private static Dictionary<string, string>? Others(string path, string stem, string ending)
    {
        var found = new Dictionary<string, string>();
        foreach (var file in Siblings(path, ending))
        {
            var name = Path.GetFileNameWithoutExtension(file);
            var numbers = name == stem ? Models.Precision.Fp32.File : Precision().Replace(name, string.Empty) == stem ? Suffix(name) : null;
            if (numbers is not null)
            {
                found.TryAdd(numbers, Path.GetFileName(file));
            }
        }

        return found.Count == 0 ? null : found;
    }

    private static IEnumerable<string> Siblings(string path, string ending) =>
        Directory.EnumerateFiles(Path.GetDirectoryName(Path.GetFullPath(path))!, "*" + ending).Order(StringComparer.Ordinal);

    /// <summary>A name that ends in another precision than the weights have is a name: <c>vad_half.onnx</c> may be half a
    /// network.</summary>
    private static string Stem(string path)
    {
        var name = Path.GetFileNameWithoutExtension(path);
        var stem = Precision().Replace(name, string.Empty);
        if (stem.Length == 0 || Suffix(name) is not { } numbers)
        {
            return name;
        }

        try
        {
            return OnnxSummary.Read(path).Numbers == numbers ? stem : name;
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            return stem;
        }
    }

    /// <summary>The precision at the end of a name; null if there is none.</summary>
    private static string? Suffix(string name) =>
        Precision().Match(name) is { Success: true } named ? Numbers(named.Groups[1].Value) : null;

    private static string Numbers(string name) => name.ToLowerInvariant() switch
    {
        "float16" or "half" => Models.Precision.Fp16.File,
        "float32" => Models.Precision.Fp32.File,
        var other => other,
    };

    [GeneratedRegex("[._-](fp32|fp16|int8|float32|float16|half)$", RegexOptions.IgnoreCase)]
    private static partial Regex Precision();
}
