using System.Text;
using Bench.Inference.OnnxRuntime;

namespace Bench.Inference.Tests.OnnxRuntime;

public class OrtProfileTests
{
    [Test]
    public void Parse_ProfileWithFallback_NamesTheNodesElsewhere()
    {
        const string Profile = """
            [{"cat":"Session","name":"model_loading"},
             {"cat":"Node","name":"a_kernel_time",
              "args":{"op_name":"Conv","provider":"CUDAExecutionProvider","input_type_shape":[{"float16":[1]}]}},
             {"cat":"Node","name":"b_kernel_time",
              "args":{"op_name":"Conv","provider":"CUDAExecutionProvider","input_type_shape":[{"float16":[1]}]}},
             {"cat":"Node","name":"c_kernel_time",
              "args":{"op_name":"Gemm","provider":"CPUExecutionProvider","input_type_shape":[{"float":[1]}]}},
             {"cat":"Node","name":"c_fence_before","args":{"op_name":"Gemm"}}]
            """;

        var profile = OrtProfile.Parse(Encoding.UTF8.GetBytes(Profile), "CUDAExecutionProvider", null);

        Assert.That(profile.Nodes, Has.Exactly(1).EqualTo(new NodeGroup("Conv", "CUDAExecutionProvider", "float16", 2)));
        Assert.That(profile.NodesElsewhere, Is.EqualTo([new NodeGroup("Gemm", "CPUExecutionProvider", "float", 1)]));
        Assert.That(profile.EffectivePrecision, Is.EqualTo("fp16+fp32"));
    }

    [Test]
    public void Parse_Tf32_IsWhatConvolutionsOnTheGpuComputeIn()
    {
        const string Profile = """
            [{"cat":"Node","name":"a_kernel_time",
              "args":{"op_name":"Conv","provider":"CUDAExecutionProvider","input_type_shape":[{"float":[1]}]}},
             {"cat":"Node","name":"b_kernel_time",
              "args":{"op_name":"Relu","provider":"CUDAExecutionProvider","input_type_shape":[{"float":[1]}]}},
             {"cat":"Node","name":"c_kernel_time",
              "args":{"op_name":"Gemm","provider":"CPUExecutionProvider","input_type_shape":[{"float":[1]}]}}]
            """;

        var profile = OrtProfile.Parse(Encoding.UTF8.GetBytes(Profile), "CUDAExecutionProvider", "tf32");

        Assert.That(profile.Nodes, Is.EqualTo([
            new NodeGroup("Conv", "CUDAExecutionProvider", "tf32", 1),
            new NodeGroup("Gemm", "CPUExecutionProvider", "float", 1),
            new NodeGroup("Relu", "CUDAExecutionProvider", "float", 1)]));
        Assert.That(profile.EffectivePrecision, Is.EqualTo("fp32+tf32"));
    }

    [Test]
    public void Parse_EmptyProfile_IsNoProofOfAnything() =>
        Assert.That(() => OrtProfile.Parse("[]"u8.ToArray(), "CUDAExecutionProvider", null),
            Throws.TypeOf<InferenceException>().With.Message.Contains("names no node"));
}
