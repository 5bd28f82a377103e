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

    [TestCase("{GPU:{NUM_STREAMS:1,FULL_DEVICE_NAME:Intel(R) Arc(TM) (dGPU),INFERENCE_PRECISION_HINT:f16}}", "NUM_STREAMS", "1")]
    [TestCase("{GPU.0:{NUM_STREAMS:1,INFERENCE_PRECISION_HINT:f16}}", "INFERENCE_PRECISION_HINT", "f16")]
    [TestCase("{CPU:{DEVICE_ID:,ENABLE_CPU_PINNING:YES}}", "ENABLE_CPU_PINNING", "YES")]
    [TestCase("{CPU:{X_NUM_STREAMS:1}}", "NUM_STREAMS", null)]
    [TestCase("", "NUM_STREAMS", null)]
    [TestCase(null, "NUM_STREAMS", null)]
    public void Values_PropertiesOfADevice_AreThoseOfTheirNames(string? properties, string key, string? expected) =>
        Assert.That(OpenVinoResolved.Values(properties).GetValueOrDefault(key), Is.EqualTo(expected));

    [TestCase("GPU", "GPU.0", true)]
    [TestCase("GPU.0", "GPU", true)]
    [TestCase("GPU.1", "GPU.1", true)]
    [TestCase("GPU.1", "GPU", false)]
    [TestCase("CPU", "NPU", false)]
    public void Includes_DeviceByEitherOfItsNames_IsTheSame(string here, string told, bool expected) =>
        Assert.That(OpenVinoDevice.Find("AUTO", ["CPU", here]).Includes(told), Is.EqualTo(expected || told == "CPU"));

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
