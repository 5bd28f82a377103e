using System.Security.Cryptography;
using Bench.Arrays;
using Bench.Arrays.Npy;
using Bench.Arrays.Npz;
using Bench.Models.Cards;
using Bench.Models.Images;
using Bench.Models.Inputs;
using Bench.Models.Onnx;
using Bench.Models.Signatures;

namespace Bench.Models.Files;

/// <summary>The numbers of an input, before it is known whether they fit: a <c>.npy</c> file, a folder of pictures, or what they are drawn
/// from.</summary>
public sealed record StoredInput
{
    // What a picture's bytes are divided by where nobody says anything else of floats.
    private const float WhiteByte = 255;

    /// <summary>The input's name.</summary>
    public required string Name { get; init; }

    /// <summary>What the card says of it.</summary>
    public required InputSpec Spec { get; init; }

    /// <summary>The file or folder that somebody named; null if numbers are drawn.</summary>
    public string? Source { get; init; }

    /// <summary>The <c>.npy</c> file; null if numbers are drawn, or before <see cref="Fitted"/> for a folder.</summary>
    public string? Path { get; init; }

    /// <summary>The file's shape; none without a file.</summary>
    public IReadOnlyList<int> Shape { get; init; } = [];

    /// <summary>Whether the file has its channels last although the network may take them first.</summary>
    public bool IsChannelsLast { get; init; }

    /// <summary>From what they are drawn, if anybody said; else null.</summary>
    public DrawnValues? Drawn { get; init; }

    /// <summary>How many examples there are; null if they are drawn.</summary>
    public int? Count => Path is null ? null : Shape[0];

    private ImageFolder? Folder => Source is { } source && Directory.Exists(source) ? new ImageFolder(source) : null;

    /// <summary>Finds the numbers of every input.</summary>
    /// <param name="card">The model.</param>
    /// <param name="cardPath">The card's file; paths in the card are relative to it.</param>
    /// <param name="names">The names of the network's inputs.</param>
    /// <param name="given">What the user says of inputs, by name.</param>
    /// <param name="cache">The folder for files that Bench makes.</param>
    /// <param name="faults">Takes what is wrong, one sentence each.</param>
    /// <returns>The inputs, in the order of the names; those that are at fault are missing.</returns>
    public static IReadOnlyList<StoredInput> Find(
        ModelCard card, string cardPath, IReadOnlyList<string> names, IReadOnlyDictionary<string, GivenInput> given, string cache,
        List<string> faults)
    {
        var folder = System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(cardPath))!;
        var found = new List<StoredInput>();
        foreach (var name in names)
        {
            var spec = card.InputOf(name, names.Count == 1);
            var file = spec.File ?? (names.Count == 1 ? card.Data?.Inputs : null);
            var source = given.TryGetValue(name, out var user) ? user.Path : file is null ? null : System.IO.Path.Combine(folder, file);
            var drawn = user?.Drawn ?? (user is null && spec.Draw is { } text && DrawnValues.TryParse(text, out var values) ? values
                : null);
            var input = new StoredInput
            {
                Name = name,
                Spec = spec,
                Source = source,
                Drawn = drawn,
                IsChannelsLast = card.Data?.Layout == "nhwc",
            };
            try
            {
                found.Add(input.Folder is not null || source is null ? input : input.WithFile(AsNpy(source, name, cache)));
            }
            catch (Exception e) when (e is NpyFormatException or IOException or UnauthorizedAccessException)
            {
                faults.Add($"cannot use the evaluation data: {e.Message}");
            }
        }

        return found;
    }

    /// <summary>The shape of one example with the batch of 1 before it, as far as the data tell; null if they do not.</summary>
    /// <param name="input">What the network's file says of the input.</param>
    /// <exception cref="InvalidDataException">A picture is damaged.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public IReadOnlyList<int>? ExampleShape(OnnxValue input) => Folder?.ShapeFor(input) ?? (Path is null ? null : [1, .. Shape.Skip(1)]);

    /// <summary>The same with pictures as an array in the size that the network takes.</summary>
    /// <param name="tensor">How the network takes the input.</param>
    /// <param name="cache">The folder for files that Bench makes.</param>
    /// <exception cref="InvalidDataException">A picture is damaged, or the network takes none.</exception>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    public StoredInput Fitted(TensorSpec tensor, string cache)
    {
        if (Folder is not { } folder)
        {
            return this;
        }

        var isRaw = !tensor.Type.IsFloat() || Spec.Scale.Count > 0 || Spec.Mean.Count > 0;
        return WithFile(folder.ToArray(tensor, cache)) with
        {
            IsChannelsLast = true,
            Spec = isRaw ? Spec : Spec with { Scale = [WhiteByte] },
        };
    }

    private StoredInput WithFile(string path)
    {
        using var rows = NpyRows.Open(path);
        return this with { Path = path, Shape = rows.Shape };
    }

    private static string AsNpy(string path, string name, string cache)
    {
        if (!path.EndsWith(".npz", StringComparison.OrdinalIgnoreCase))
        {
            return path;
        }

        Directory.CreateDirectory(cache);
        using var archive = File.OpenRead(path);
        var key = Convert.ToHexStringLower(SHA256.HashData(archive))[..16];
        var npy = System.IO.Path.GetFullPath(System.IO.Path.Combine(cache, $"array-{key}-{ModelId.Of(name)}.npy"));
        if (!File.Exists(npy))
        {
            NpzArrays.Extract(path, name, npy);
        }

        return npy;
    }
}
