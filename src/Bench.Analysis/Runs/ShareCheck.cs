using Bench.Analysis.Input;
using Bench.Arrays.Npy;
using Bench.Arrays.Npz;

namespace Bench.Analysis.Runs;

/// <summary>Whether the outputs that launches speak of are there and whole, to their last byte.</summary>
/// <param name="run">The run's folder.</param>
internal sealed class ShareCheck(RunFolder run)
{
    private readonly HashSet<string> _sound = [];

    /// <summary>Reads a launch's outputs, once for all launches that gave the same. A damaged file is deleted: otherwise the next launch
    /// that gives the same would take it for its own.</summary>
    /// <param name="share">The share; null if the launch has none.</param>
    /// <exception cref="RunFormatException">The file is missing or damaged, or has not the images of the share.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public void Check(OutputShare? share)
    {
        if (share is null || _sound.Contains(share.File))
        {
            return;
        }

        var path = Path.Combine(run.Path, share.File);
        try
        {
            Read(path, share.Images.Count);
            _sound.Add(share.File);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new RunFormatException(path, "found no such file; expected the outputs of a launch.", e);
        }
        catch (NpyFormatException e)
        {
            File.Delete(path);
            throw new RunFormatException(path, e.Problem, e);
        }
    }

    private static void Read(string path, int images)
    {
        using var rows = NpzRows.Open(path);
        if (rows.Count != images)
        {
            throw new NpyFormatException(path, $"found outputs of {rows.Count} images; expected {images}.");
        }

        var row = new byte[rows.RowLength];
        for (var i = 0; i < rows.Count; i++)
        {
            rows.ReadNext(row);
        }
    }
}
