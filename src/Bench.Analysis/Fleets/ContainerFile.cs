namespace Bench.Analysis.Fleets;

/// <summary>Writes how the published folder becomes an image.</summary>
public static class ContainerFile
{
    /// <summary>Its text.</summary>
    public static FleetText Write() => new("Containerfile", """
        # The published folder as an image: podman build -f Containerfile -t bench PUBLISHED-FOLDER
        # For NVIDIA cards name a base that has CUDA 13 and cuDNN 9: --build-arg BASE=...
        # Its digest, as podman push shows it, belongs into the matrix: kubernetes.image.
        ARG BASE=debian:12-slim
        FROM ${BASE}
        # Texts are the same in every culture, so that no ICU is needed.
        ENV DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1
        COPY . /bench
        ENTRYPOINT ["/bench/Bench.Benchmarks"]

        """.ReplaceLineEndings("\n"));
}
