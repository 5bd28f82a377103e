using Bench.Benchmarks.Engines;

namespace Bench.EndToEnd.Tests.Engines;

/// <summary>Providers among the packages of Windows; where packages lie is read from the registry, which is not here.</summary>
public class WindowsMlProvidersTests
{
    [Test]
    public void Of_PackagesOfWindows_AreThoseWithAProvider()
    {
        using var folder = new TemporaryFolder();
        const string Vino = "MicrosoftCorporationII.WinML.Intel.OpenVINO.EP.1.8_1.8.69.0_x64__8wekyb3d8bbwe";
        const string Rtx = "MicrosoftCorporationII.WinML.NVIDIA.TRT-RTX.EP.1.8_0.0.33.0_x64__8wekyb3d8bbwe";
        foreach (var file in new[]
                 {
                     "vino/ExecutionProvider/onnxruntime_providers_openvino_plugin.dll", "vino/ExecutionProvider/openvino.dll",
                     "rtx/ExecutionProvider/onnxruntime_providers_nv_tensorrt_rtx.dll", "other/onnxruntime_providers_x.dll",
                 })
        {
            Directory.CreateDirectory(Path.GetDirectoryName(folder.File(file))!);
            File.WriteAllText(folder.File(file), string.Empty);
        }

        var found = WindowsMlProviders.Of(new Dictionary<string, string>
        {
            [Rtx] = folder.File("rtx"),
            ["Somebody.Calculator_1.0_x64__abc"] = folder.File("other"),
            [Vino] = folder.File("vino"),
            ["MicrosoftCorporationII.WinML.Qualcomm.QNN.EP.1.8_1.0_x64__8wekyb3d8bbwe"] = folder.File("not-there"),
        });

        Assert.That(found.Select(provider => (provider.Package, provider.Library.BackendId)), Is.EqualTo([
            (Vino, "ort-openvino"), (Rtx, "ort-nv-tensorrt-rtx")]));
        Assert.That(found[0].Library.Path, Does.EndWith("onnxruntime_providers_openvino_plugin.dll"));
    }
}
