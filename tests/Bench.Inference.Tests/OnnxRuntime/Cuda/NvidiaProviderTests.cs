using Bench.Inference.Knobs;
using Bench.Inference.OnnxRuntime;
using Bench.Inference.OnnxRuntime.Cuda;
using Bench.Inference.OnnxRuntime.TensorRT;
using Bench.Models;

namespace Bench.Inference.Tests.OnnxRuntime.Cuda;

/// <summary>Which options NVIDIA's providers get for which knobs and precisions.</summary>
public class NvidiaProviderTests
{
    private static readonly NvidiaVersions Versions = new("13.1", "13.0", "9.10.2", "10.8.0");
    private static readonly DeviceFacts Device = new("Stand-in H200, driver for CUDA 13.1", false);
    private static readonly SessionRequest Plain = TinyModel.Request("/models/net.onnx") with { Knobs = KnobSettings.None };

    [Test]
    public void Cuda_PlainRequest_IsWhatItWas() => Assert.That(CudaProvider.Settings(Plain), Is.EquivalentTo(new Dictionary<string, string>
    {
        ["device_id"] = "0",
        ["use_tf32"] = "0",
        ["cudnn_conv_algo_search"] = "EXHAUSTIVE",
    }));

    [Test]
    public void Cuda_EveryKnob_SetsItsOption() => Assert.That(
        CudaProvider.Settings(
            With(("device", "3"), ("layout", "nhwc"), ("graph", "on"), ("ep.cudnn_conv_algo_search", "HEURISTIC"),
                ("ep.fuse_conv_bias", "1")) with
            { Precision = Precision.Tf32 }),
        Is.EquivalentTo(new Dictionary<string, string>
        {
            ["device_id"] = "3",
            ["use_tf32"] = "1",
            ["cudnn_conv_algo_search"] = "HEURISTIC",
            ["fuse_conv_bias"] = "1",
            ["prefer_nhwc"] = "1",
            ["enable_cuda_graph"] = "1",
        }));

    [TestCase("fp32", "0", null)]
    [TestCase("tf32", "0", null)]
    [TestCase("bf16", "0", "1")]
    [TestCase("fp16", "1", null)]
    public void TensorRT_Precision_SetsItsFlags(string precision, string fp16, string? bf16)
    {
        var settings = TensorRTProvider.Settings(Plain with { Precision = TestModel.Precision(precision) });

        Assert.That(settings["trt_fp16_enable"], Is.EqualTo(fp16));
        Assert.That(settings.GetValueOrDefault("trt_bf16_enable"), Is.EqualTo(bf16));
        Assert.That(settings, Does.Not.ContainKey("trt_cuda_graph_enable"));
        Assert.That(settings["trt_profile_opt_shapes"], Is.EqualTo("x:1x3x4x4"));
    }

    [Test]
    public void TensorRT_Knobs_SetTheirOptions()
    {
        var settings = TensorRTProvider.Settings(With(("device", "1"), ("graph", "on"), ("ep.trt_builder_optimization_level", "5")));

        Assert.That(settings["device_id"], Is.EqualTo("1"));
        Assert.That(settings["trt_cuda_graph_enable"], Is.EqualTo("1"));
        Assert.That(settings["trt_builder_optimization_level"], Is.EqualTo("5"));
    }

    [Test]
    public void TensorRT_OtherBuild_LiesInAnotherFolder() => Assert.That(
        TensorRTProvider.Settings(Plain with { Build = 2 })["trt_engine_cache_path"],
        Is.Not.EqualTo(TensorRTProvider.Settings(Plain)["trt_engine_cache_path"]));

    [Test]
    public void EngineKey_WhatAnEngineDependsOn_ChangesIt()
    {
        IReadOnlyList<string>[] keys =
        [
            Key(Plain),
            Key(Plain with { Precision = Precision.Fp16 }),
            Key(Plain with { Inputs = [TinyModel.Tensor("x", 2, 3, 4, 4)] }),
            Key(Plain with { ModelSha256 = "other" }),
            Key(With(("ep.trt_builder_optimization_level", "5"))),
            TensorRTProvider.EngineKey(Plain, Device, Versions, "1.31.0"),
            TensorRTProvider.EngineKey(Plain, Device with { Name = "Stand-in T4" }, Versions, "1.30.0"),
            .. new[] { Versions with { Driver = "13.2" }, Versions with { Runtime = "12.9" }, Versions with { CuDnn = "9.11.0" },
                Versions with { TensorRT = "10.9.0" } }
                .Select(versions => TensorRTProvider.EngineKey(Plain, Device, versions, "1.30.0")),
        ];

        Assert.That(keys.Select(key => string.Join('\n', key)).Distinct().Count(), Is.EqualTo(keys.Length));
    }

    [Test]
    public void EngineKey_HowAnEngineIsRun_DoesNotChangeIt() => Assert.That(
        Key(With(("graph", "on"), ("host-memory", "page-locked"), ("threads", "2"))), Is.EqualTo(Key(Plain)));

    [Test]
    public void Setup_ProviderThatSaysWhatItTook_IsResolvedAsItSays()
    {
        var request = With(
            ("layout", "nhwc"), ("ep.cudnn_conv_algo_search", "heuristic"), ("host-memory", "page-locked"), ("threads", "2"));
        var taken = ProviderOptionText.Parse("cudnn_conv_algo_search=HEURISTIC;prefer_nhwc=1;device_id=0");

        var setup = OrtSetup.AsTaken(
            CudaProvider.Settings(request), request, "0", new Dictionary<string, string>(taken) { ["layout"] = "nhwc" });

        Assert.That(setup.Resolved, Is.EquivalentTo(new Dictionary<string, string>
        {
            ["device"] = "0",
            ["layout"] = "nhwc",
            ["ep.cudnn_conv_algo_search"] = "HEURISTIC",
            ["host-memory"] = "page-locked",
        }));
    }

    [TestCase("ort-cuda", "graph", "on", false)]
    [TestCase("ort-cuda", "layout", "nhwc", true)]
    [TestCase("ort-tensorrt", "device", "1", false)]
    public void AllowsConcurrentRuns_Knobs_DependsOnTheGraph(string backend, string knob, string value, bool expected)
    {
        OrtProvider provider = backend == "ort-cuda" ? new CudaProvider() : new TensorRTProvider();

        Assert.That(provider.AllowsConcurrentRuns(With((knob, value))), Is.EqualTo(expected));
    }

    [TestCase(null, "fp32", null)]
    [TestCase(null, "tf32", null)]
    [TestCase("0", "fp32", null)]
    [TestCase("0", "tf32", "turns TensorFloat-32 off whatever the precision; expected it not to be set")]
    [TestCase("1", "tf32", null)]
    [TestCase("1", "fp16", "turns TensorFloat-32 on whatever the precision; expected it to be 0 or not to be set")]
    [NonParallelizable]
    public void ThrowIfOverruled_Variable_RefusesTheOtherMode(string? value, string precision, string? expected)
    {
        var before = Environment.GetEnvironmentVariable(NvidiaPlatform.TensorFloatVariable);
        Environment.SetEnvironmentVariable(NvidiaPlatform.TensorFloatVariable, value);
        try
        {
            string? found = null;
            try
            {
                NvidiaPlatform.ThrowIfOverruled(TestModel.Precision(precision));
            }
            catch (InferenceException e)
            {
                found = e.Message;
            }

            Assert.That(found, expected is null ? Is.Null : Does.Contain(expected));
        }
        finally
        {
            Environment.SetEnvironmentVariable(NvidiaPlatform.TensorFloatVariable, before);
        }
    }

    [TestCase("0", "Stand-in H200")]
    [TestCase("default", "Stand-in H200")]
    [TestCase("1", "Stand-in T4")]
    public void Device_Choice_IsTheDeviceOfTheIndex(string choice, string expected) =>
        Assert.That(new CudaProvider().Device(TwoDevices, choice).Name, Is.EqualTo(expected));

    [Test]
    public void Device_IndexThatIsNotThere_SaysWhichThereAre() => Assert.That(() => new CudaProvider().Device(TwoDevices, "2"),
        Throws.TypeOf<InferenceException>().With.Message.EqualTo(
            "Found device=2; expected an index below 2: 0 is Stand-in H200, 1 is Stand-in T4."));

    private static IReadOnlyList<DeviceFacts> TwoDevices { get; } = [new("Stand-in H200", false), new("Stand-in T4", false)];

    private static IReadOnlyList<string> Key(SessionRequest request) => TensorRTProvider.EngineKey(request, Device, Versions, "1.30.0");

    private static SessionRequest With(params (string Name, string Value)[] knobs) =>
        Plain with { Knobs = KnobSettings.Of(knobs.Select(knob => KeyValuePair.Create(knob.Name, knob.Value))) };
}
