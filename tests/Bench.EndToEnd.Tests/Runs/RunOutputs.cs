using System.Runtime.InteropServices;
using Bench.Analysis.Runs;
using Bench.Arrays.Npz;

namespace Bench.EndToEnd.Tests.Runs;

/// <summary>What networks gave in a run.</summary>
internal static class RunOutputs
{
    /// <summary>The outputs of a cell by image, from the shares of its launches; an image of several launches counts once.</summary>
    public static SortedDictionary<int, float[]> Of(RunFolder run, CellFacts cell)
    {
        var images = new SortedDictionary<int, float[]>();
        foreach (var share in cell.OutputShares)
        {
            using var rows = NpzRows.Open(Path.Combine(run.Path, share.File));
            foreach (var image in share.Images)
            {
                var row = new byte[rows.RowLength];
                rows.ReadNext(row);
                images[image] = MemoryMarshal.Cast<byte, float>(row).ToArray();
            }
        }

        return images;
    }
}
