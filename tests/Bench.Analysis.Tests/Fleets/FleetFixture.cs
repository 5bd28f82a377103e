using System.Text;
using Bench.Analysis.Fleets;

namespace Bench.Analysis.Tests.Fleets;

/// <summary>A fleet of two kinds of machines.</summary>
internal static class FleetFixture
{
    public const string Digest = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    public const string Json = """
        {
          // Two kinds of machines; the GPU's is measured on three nodes.
          "models": ["inceptionv3", "unet"],
          "backends": ["ort-cpu"],
          "precisions": ["fp32"],
          "set": { "streams": ["1", "2"], "optimisation": ["all", "extended"] },
          "profile": "gate",
          "minutes": 90,
          "seed": 7,
          "machines": [
            { "name": "epyc", "constraint": "epyc&ib", "cores": 2, "memoryGiB": 16, "usdPerHour": 0.0765, "atOnce": 4 },
            {
              "name": "h200", "constraint": "h200", "nodeSelector": { "nvidia.com/gpu.product": "NVIDIA-H200" }, "gpu": "H200",
              "cores": 16, "memoryGiB": 64, "hardware": "h200", "replicates": 3,
              "backends": ["ort-cuda"], "precisions": ["fp32", "fp16"], "set": { "batch": ["1", "32"] },
            },
          ],
          "kubernetes": {
            "image": "registry.local/bench@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
            "claim": "bench-results", "namespace": "benchmarks",
          },
        }
        """;

    public static FleetMatrix Matrix => FleetMatrixFile.Parse(Encoding.UTF8.GetBytes(Json), "matrix.json");

    public static FleetManifest Manifest => FleetPlan.Of(Matrix, new FleetProgram(Digest));
}
