using System.Runtime.InteropServices;
using Bench.Arrays;
using Bench.Models.Data;
using BenchmarkDotNet.Attributes;

namespace Bench.Benchmarks.Micro;

/// <summary>Bench's own hot code around the engines: drawing images, converting precision and stored images.</summary>
[MemoryDiagnoser]
[ShortRunJob]
public class DataBenchmarks
{
    private readonly ClassificationImages _images = new(1);
    private readonly SegmentationSlices _slices = new(1);
    private readonly byte[] _pixels = new byte[ClassificationImages.DefaultSize
        * ClassificationImages.DefaultSize * ClassificationImages.Channels];
    private readonly byte[] _slice = new byte[SegmentationSlices.DefaultSize * SegmentationSlices.DefaultSize];
    private readonly byte[] _mask = new byte[SegmentationSlices.DefaultSize * SegmentationSlices.DefaultSize];
    private readonly float[] _values = new float[ClassificationImages.DefaultSize
        * ClassificationImages.DefaultSize * ClassificationImages.Channels];
    private readonly byte[] _halves;

    public DataBenchmarks() =>
        _halves = MemoryMarshal.AsBytes(Enumerable.Range(0, _values.Length).Select(i => (Half)(i % 1000)).ToArray().AsSpan()).ToArray();

    [Benchmark]
    public int DrawLesionImage() => _images.Draw(3, _pixels);

    [Benchmark]
    public void DrawLesionSlice() => _slices.Draw(3, _slice, _mask);

    [Benchmark]
    public void WidenBytes() => ElementConversion.ToSingles(_pixels, ElementType.UInt8, _values);

    [Benchmark]
    public void WidenHalves() => ElementConversion.ToSingles(_halves, ElementType.Float16, _values);
}
