using Bench.Models.Cards;

namespace Bench.Benchmarks.Preparing;

/// <summary>Where a model comes from: a card, or ONNX files without one.</summary>
/// <param name="Path">The card, or the ONNX file that was named.</param>
internal sealed record ModelSource(string Path)
{
    /// <summary>The ending of the names of ONNX files.</summary>
    public const string OnnxEnding = ".onnx";

    /// <summary>Whether it is an ONNX file without a card.</summary>
    public bool IsBare => Path.EndsWith(OnnxEnding, StringComparison.OrdinalIgnoreCase);

    /// <summary>The name in cell ids; that of the file if a card cannot be read.</summary>
    public string Id
    {
        get
        {
            try
            {
                return IsBare ? BareModel.IdOf(Path) : ModelCardReader.Read(Path).Id!;
            }
            catch (Exception e) when (e is ModelCardException or IOException or UnauthorizedAccessException)
            {
                return ModelId.Of(System.IO.Path.GetFileNameWithoutExtension(Path));
            }
        }
    }

    /// <summary>The card, or one that says what the files say.</summary>
    /// <exception cref="ModelCardException">The card or a file cannot be read, or is wrong.</exception>
    public ModelCard Card() => IsBare ? BareModel.CardOf(Path) : ModelCardReader.Read(Path);
}
