using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Bench.Benchmarks.Machines;

/// <summary>The instructions of the processor that decide how quickly 8-bit networks are computed.</summary>
/// <param name="Integer8">Their names, as Linux has them; none of a processor that has none.</param>
/// <param name="IsX86">Whether it is an x86 processor: without these instructions its sums of products of bytes have 16 bits.</param>
internal sealed record ProcessorFeatures(IReadOnlyList<string> Integer8, bool IsX86)
{
    /// <summary>Those of this machine.</summary>
    public static ProcessorFeatures Here { get; } = Read();

    /// <summary>Whether it adds products of bytes up in 32 bits, in one instruction.</summary>
    public bool SumsProductsOfBytes => Integer8.Count > 0;

    private static ProcessorFeatures Read() => X86Base.IsSupported
        ? new ProcessorFeatures([.. OfX86()], true)
        : new ProcessorFeatures(Dp.IsSupported ? ["asimddp"] : [], RuntimeInformation.ProcessArchitecture is Architecture.X64);

    // Intel's Software Developer's Manual, volume 2A, CPUID, leaf 7: what the operating system must save for them (AVX, AVX-512) is asked
    // of .NET, which looks at that.
    private static IEnumerable<string> OfX86()
    {
        const int Structured = 7;
        var (most, _, _, _) = X86Base.CpuId(0, 0);
        if (most < Structured)
        {
            yield break;
        }

        var (subleaves, _, ecx, edx) = X86Base.CpuId(Structured, 0);
        if ((ecx & (1 << 11)) != 0 && Avx512F.IsSupported)
        {
            yield return "avx512_vnni";
        }

        if (subleaves >= 1 && (X86Base.CpuId(Structured, 1).Eax & (1 << 4)) != 0 && Avx2.IsSupported)
        {
            yield return "avx_vnni";
        }

        if ((edx & (1 << 25)) != 0)
        {
            yield return "amx_int8";
        }
    }
}
