using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Bench.Analysis.Fleets;

/// <summary>Writes a fleet for Kubernetes: an Indexed Job for each kind of machine, and the manifest as a ConfigMap.</summary>
/// <remarks>Pod failure policies and retries by index: https://kubernetes.io/docs/concepts/workloads/controllers/job/. A pod that was
/// taken off its node starts again and is not counted: that rule comes first, since a worker that is asked to end does so with 4. Exit
/// codes 2 and 4 will not get better, and end the index; 5, a machine that is not fit, is counted, and two more machines are tried.
/// </remarks>
public static class KubernetesJobs
{
    // What etcd takes of an object, less what stands around the manifest.
    private const int MostManifestBytes = 1_000_000;
    private const int SecondsPerMinute = 60;
    private const int Retries = 2;

    /// <summary>The file with the manifest: names of kinds have no dots, so that none is called so.</summary>
    public const string ConfigMapFile = "manifest.configmap.yaml";

    /// <summary>The folder of the results in the claim: several fleets may share one.</summary>
    /// <param name="manifest">The fleet.</param>
    public static string ResultsFolder(FleetManifest manifest) => $"bench-{manifest.Name}";

    /// <summary>What is missing for Kubernetes, a sentence each.</summary>
    /// <param name="matrix">The matrix, valid.</param>
    public static IEnumerable<string> Faults(FleetMatrix matrix)
    {
        if (matrix.Kubernetes is null)
        {
            yield return "kubernetes: found none; expected image and claim: where the program is, and where results go.";
        }

        foreach (var machine in matrix.Machines.Where(machine => machine.Cores is null || machine.MemoryGiB is null))
        {
            yield return $"machines: {machine.Name}: found no cores and memoryGiB; expected both: without them a pod shares its cores.";
        }
    }

    /// <summary>Writes it.</summary>
    /// <param name="manifest">The fleet.</param>
    /// <param name="place">Where it runs.</param>
    /// <exception cref="ArgumentException">The manifest is too large for a ConfigMap.</exception>
    public static IReadOnlyList<FleetText> Write(FleetManifest manifest, KubernetesPlace place)
    {
        var json = JsonSerializer.Serialize(manifest, FleetJson.Compact);
        return Encoding.UTF8.GetByteCount(json) > MostManifestBytes
            ? throw new ArgumentException(FormattableString.Invariant(
                $"found a manifest of {json.Length} bytes; a ConfigMap holds {MostManifestBytes}: divide the matrix."))
            :
            [
                new FleetText(ConfigMapFile, ConfigMap(manifest, place, json)),
                .. manifest.Machines.Where(machine => manifest.Of(machine.Name).Count > 0)
                    .Select(machine => new FleetText($"{machine.Name}.yaml", Job(manifest, machine, place))),
            ];
    }

    private static string ConfigMap(FleetManifest manifest, KubernetesPlace place, string json) => $"""
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: bench-{manifest.Name}{Namespace(place)}
        data:
          {FleetManifest.FileName}: {Quoted(json)}

        """.ReplaceLineEndings("\n");

    private static string Job(FleetManifest manifest, MachineKind machine, KubernetesPlace place)
    {
        var units = manifest.Of(machine.Name);
        return string.Create(CultureInfo.InvariantCulture, $"""
            apiVersion: batch/v1
            kind: Job
            metadata:
              name: bench-{manifest.Name}-{machine.Name}{Namespace(place)}
            spec:
              completionMode: Indexed
              completions: {units.Count}
              parallelism: {Math.Min(machine.AtOnce ?? units.Count, units.Count)}
              backoffLimitPerIndex: {Retries}
              podFailurePolicy:
                rules:
                - action: Ignore
                  onPodConditions:
                  - type: DisruptionTarget
                    status: "True"
                - action: FailIndex
                  onExitCodes:
                    containerName: bench
                    operator: In
                    values: [2, 4]
              template:
                metadata:
                  labels:
                    bench-fleet: "{manifest.Name}"
                spec:
                  restartPolicy: Never
                  activeDeadlineSeconds: {manifest.Minutes * SecondsPerMinute}
            {Selector(machine)}      affinity:
                    podAntiAffinity:
                      requiredDuringSchedulingIgnoredDuringExecution:
                      - topologyKey: kubernetes.io/hostname
                        labelSelector:
                          matchExpressions:
                          - key: bench-fleet
                            operator: Exists
                  containers:
                  - name: bench
                    image: {Quoted(place.Image)}
                    args:
                    - fleet-worker
                    - --manifest
                    - /fleet/{FleetManifest.FileName}
                    - --first
                    - "{units[0].Index}"
                    - --index
                    - $(BENCH_INDEX)
                    - --output
                    - /results/{ResultsFolder(manifest)}
                    env:
                    - name: BENCH_INDEX
                      valueFrom:
                        fieldRef:
                          fieldPath: metadata.annotations['batch.kubernetes.io/job-completion-index']
                    - name: {ClaimOwner.NodeVariable}
                      valueFrom:
                        fieldRef:
                          fieldPath: spec.nodeName
                    - name: {ClaimOwner.JobVariable}
                      valueFrom:
                        fieldRef:
                          fieldPath: metadata.labels['batch.kubernetes.io/controller-uid']
                    resources:
                      requests: {Resources(machine)}
                      limits: {Resources(machine)}
                    volumeMounts:
                    - name: fleet
                      mountPath: /fleet
                      readOnly: true
                    - name: results
                      mountPath: /results
                  volumes:
                  - name: fleet
                    configMap:
                      name: bench-{manifest.Name}
                  - name: results
                    persistentVolumeClaim:
                      claimName: {Quoted(place.Claim)}

            """).ReplaceLineEndings("\n");
    }

    private static string Namespace(KubernetesPlace place) =>
        place.Namespace is { } name ? $"\n  namespace: {Quoted(name)}" : string.Empty;

    /// <summary>Whole lines, or nothing.</summary>
    private static string Selector(MachineKind machine)
    {
        if (machine.NodeSelector is not { Count: > 0 } labels)
        {
            return string.Empty;
        }

        var text = new StringBuilder("      nodeSelector:\n");
        foreach (var (key, value) in labels.OrderBy(label => label.Key, StringComparer.Ordinal))
        {
            text.Append(CultureInfo.InvariantCulture, $"        {key}: {Quoted(value)}\n");
        }

        return text.ToString();
    }

    private static string Resources(MachineKind machine) => string.Create(CultureInfo.InvariantCulture,
        $"{{ cpu: \"{machine.Cores}\", memory: \"{machine.MemoryGiB}Gi\"")
        + (machine.GpuCount > 0 ? string.Create(CultureInfo.InvariantCulture, $", nvidia.com/gpu: \"{machine.GpuCount}\"") : string.Empty)
        + " }";

    // A JSON text is a double-quoted scalar of YAML 1.2 (https://yaml.org/spec/1.2.2/#12-overview-of-yaml).
    private static string Quoted(string text) => JsonSerializer.Serialize(text, FleetJson.Compact);
}
