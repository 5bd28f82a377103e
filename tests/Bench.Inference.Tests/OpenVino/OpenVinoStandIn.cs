using System.Runtime.InteropServices;
using Bench.Inference.NativeRuntimes;
using Bench.Inference.OpenVino;

namespace Bench.Inference.Tests.OpenVino;

/// <summary>The stand-in for OpenVINO's C library (<c>stand_in.c</c>), and what tests set and read of it.</summary>
internal static unsafe class OpenVinoStandIn
{
    private static readonly string Folder = Path.Combine(TestContext.CurrentContext.WorkDirectory, "openvino-stand-in");

    private static readonly Lazy<string> Compiled = new(() =>
    {
        Directory.CreateDirectory(Folder);
        StandIn.Compile(Repository.File("tests", "Bench.Inference.Tests", "OpenVino", "stand_in.c"), Library);
        return Library;
    });

    private static readonly Lazy<nint> Handle = new(() => NativeLibrary.Load(Library));

    public static IReadOnlyList<LibraryPlace> Places { get; } = [new LibraryPlace("the test", [Folder])];

    public static string Library => Path.Combine(Folder, "libopenvino_c.so");

    /// <summary>Objects and texts that were not freed.</summary>
    public static int Alive => *Number("standin_alive");

    /// <summary>What was set, and what was compiled for.</summary>
    public static string[] Log => Marshal.PtrToStringUTF8(NativeLibrary.GetExport(Handle.Value, "standin_log"))!
        .Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Compiles it once: what is loaded is not written over.</summary>
    public static void Compile() => _ = Compiled.Value;

    public static OpenVinoBackend Backend(string? device) => new(device, Places);

    /// <param name="devices">The devices of the machine.</param>
    /// <param name="numbering">How types are numbered: 20240 as in 2024.0, 20250, or 20251.</param>
    /// <param name="lies">Whether it computes in bf16 whatever it is told.</param>
    /// <param name="helps">Whether AUTO begins on the processor whatever it is told.</param>
    /// <param name="tensors">How many tensors it takes before it refuses.</param>
    public static void Set(string devices = "CPU", int numbering = 20240, bool lies = false, bool helps = false, int tensors = -1)
    {
        *Number("standin_tensors") = tensors;
        *Number("standin_numbering") = numbering;
        *Number("standin_lies") = lies ? 1 : 0;
        *Number("standin_helps") = helps ? 1 : 0;
        var text = new Span<byte>((void*)NativeLibrary.GetExport(Handle.Value, "standin_devices"), 256);
        text.Clear();
        System.Text.Encoding.UTF8.GetBytes(devices, text);
    }

    private static int* Number(string name) => (int*)NativeLibrary.GetExport(Handle.Value, name);
}
