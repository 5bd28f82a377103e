namespace Bench.Analysis.Equivalence;

/// <summary>Counts masks that are empty or full: where all of a side are, Dice says nothing of the network.</summary>
/// <param name="threshold">Above which value a pixel is in the mask.</param>
internal sealed class MaskCensus(double threshold)
{
    private int _masks;
    private int _empty;
    private int _full;

    /// <summary>Whether every mask is empty, or every one is full.</summary>
    public bool IsConstant => _masks > 0 && (_empty == _masks || _full == _masks);

    /// <summary>Counts a mask.</summary>
    public void Add(ReadOnlySpan<double> output)
    {
        var inside = 0;
        foreach (var value in output)
        {
            inside += value > threshold ? 1 : 0;
        }

        _masks++;
        _empty += inside == 0 ? 1 : 0;
        _full += inside == output.Length ? 1 : 0;
    }

    /// <summary>What a reader must know.</summary>
    public IEnumerable<string> Remarks(string path)
    {
        if (IsConstant)
        {
            yield return $"Every mask of {path} is {(_empty == _masks ? "empty" : "full")}: "
                + "that is no answer of a network, so nothing is shown to be the same.";
        }
    }
}
