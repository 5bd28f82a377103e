using Bench.Inference.OpenVino;
using Bench.Inference.OpenVino.Native;

namespace Bench.Inference.Tests.OpenVino;

/// <summary>Where OpenVINO is looked for, and how its words are read.</summary>
public class OpenVinoLibraryTests
{
    [TestCase("jit_avx512_f32", "f32")]
    [TestCase("jit_avx2_FP32", "f32")]
    [TestCase("brgemm_avx512_amx_bf16", "bf16")]
    [TestCase("acl_f16", "f16")]
    [TestCase("jit_avx512_I8", "i8")]
    [TestCase("convolution_gpu_bfyx_os_iyx_osv16__f16", "f16")]
    [TestCase("DPU", "unknown")]
    [TestCase("unknown", "unknown")]
    [TestCase("", "unknown")]
    [TestCase(null, "unknown")]
    public void ElementTypeOf_ImplementationsName_IsItsEnd(string? implementation, string expected) =>
        Assert.That(OpenVinoTypes.ElementTypeOf(implementation), Is.EqualTo(expected));

    [TestCase("Exception from src/inference/src/cpp/core.cpp:107:\nCheck 'a' failed at src/x.cpp:1:\n  no such device  \n\n",
        "Check 'a' failed at src/x.cpp:1: no such device")]
    [TestCase("plain", "plain")]
    [TestCase("Exception from src/inference/src/cpp/core.cpp:107:\n", "Exception from src/inference/src/cpp/core.cpp:107:")]
    public void Plain_OpenVinosWords_AreWithoutPlacesInItsSource(string message, string expected) =>
        Assert.That(OpenVinoStatus.Plain(message), Is.EqualTo(expected));

    // std::vector<ov::PropertyName> is written with spaces, lists of devices with commas or spaces.
    [TestCase("NUM_STREAMS PERF_COUNT", "NUM_STREAMS,PERF_COUNT")]
    [TestCase("GPU.0,CPU", "GPU.0,CPU")]
    [TestCase(null, "")]
    public void Names_AList_AreItsNames(string? list, string expected) =>
        Assert.That(string.Join(',', OpenVinoSettings.Names(list)), Is.EqualTo(expected));

    [Test]
    public void Places_AllOfThem_AreNamedInOrder() => Assert.That(
        OpenVinoLibrary.Places.Select(place => place.Name),
        Is.EqualTo(["OPENVINO_LIB_PATHS", "INTEL_OPENVINO_DIR", "openvino in Python's packages", "the library search path",
            "/opt/intel/openvino*", "/usr/lib", "NuGet's package OpenVINO.runtime"]));

    [Test]
    public void FoldersFor_IntelsArchive_HasTheThreadLibraryToo()
    {
        using var folder = new TemporaryFolder();
        var library = Path.Combine(folder.Path, "runtime", "lib", "intel64");
        Directory.CreateDirectory(library);
        Directory.CreateDirectory(Path.Combine(folder.Path, "runtime", "3rdparty", "tbb", "lib"));

        var folders = OpenVinoLibrary.FoldersFor(Path.Combine(library, "libopenvino_c.so"));

        Assert.That(
            folders.Select(Path.GetFullPath), Is.EqualTo([library, Path.Combine(folder.Path, "runtime", "3rdparty", "tbb", "lib")]));
    }
}
