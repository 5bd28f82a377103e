using System.Runtime.InteropServices;

namespace Bench.Inference.OpenVino.Native;

/// <summary><c>ov_version_t</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct VersionTexts
{
    public nint BuildNumber;
    public nint Description;
}

/// <summary><c>ov_available_devices_t</c>: pointers to texts.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct TextList
{
    public nint* Texts;
    public nuint Count;
}

/// <summary><c>ov_shape_t</c>: OpenVINO copies what it points to.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct ShapeView
{
    public long Rank;
    public long* Dimensions;
}

/// <summary><c>ov_profiling_info_t</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct ProfileEntry
{
    /// <summary>The value of <see cref="Status"/> for a node that ran.</summary>
    public const int Executed = 2;

    public int Status;
    public long RealMicroseconds;
    public long ProcessorMicroseconds;
    public nint NodeName;
    public nint ExecutionType;
    public nint NodeType;
}

/// <summary><c>ov_profiling_info_list_t</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct ProfileList
{
    public ProfileEntry* Entries;
    public nuint Count;
}
