using Bench.Inference.Knobs;
using Bench.Inference.NativeRuntimes;
using Bench.Inference.Settings;
using Microsoft.ML.OnnxRuntime;

namespace Bench.Inference.OnnxRuntime.Plugins;

/// <summary>An execution provider in a library of its own, of whatever vendor: what Windows ML installs, and what vendors ship beside
/// ONNX Runtime.</summary>
/// <param name="library">The library.</param>
internal sealed class PluginProvider(PluginLibrary library) : OrtProvider
{
    // What the library says of itself, but where it lies.
    private const string LibraryPathKey = "library_path";
    private const string VersionKey = "version";

    private const int MostCompanions = 200;

    private readonly Lazy<string> _hash = new(() => FileHash.Sha256(library.Path));

    // What lies beside the library: the compiler often does.
    private readonly Lazy<IReadOnlyList<string>> _companions = new(() =>
        new DirectoryInfo(Path.GetDirectoryName(library.Path)!).GetFiles() is var files && files.Length <= MostCompanions
            ? [.. files.OrderBy(file => file.Name, StringComparer.Ordinal)
                .Select(file => FormattableString.Invariant($"{file.Name} {file.Length} {file.LastWriteTimeUtc.Ticks}"))]
            : []);

    private IReadOnlyList<OrtEpDevice> _devices = [];
    private IReadOnlyList<PluginDevice> _described = [];

    public override string BackendId => library.BackendId;

    public override string Description => $"ONNX Runtime, the provider in {Path.GetFileName(library.Path)}";

    // The build of ONNX Runtime that every machine has.
    public override string Key => "cpu";

    public override string Name => library.Name;

    public override string ProfileName => _devices.Count == 0 ? string.Empty : _devices[0].EpName;

    public override string Remedy => "build the solution once (dotnet build), which fetches it from NuGet or npm.";

    public override string Needs => "It needs what its vendor says: drivers, libraries beside it or on the search path, and an ONNX "
        + $"Runtime that is not older than the one it was built for (this is {OrtLibrary.ManagedVersion}).";

    public override IReadOnlyList<string> LibraryFolders => [Path.GetDirectoryName(library.Path)!];

    public override string? WhyNotHere
    {
        get
        {
            if (!File.Exists(library.Path))
            {
                return $"found no file {library.Path}; expected the library of the provider.";
            }

            try
            {
                _ = _hash.Value;
                return null;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return $"{library.Path} cannot be read: {e.Message}";
            }
        }
    }

    // Launches on two libraries, or two versions of one, are never one cell.
    public override string? Version(string? runtime) =>
        $"{runtime} with {NameAndVersion} (sha256 {FileHash.Short(_hash.Value)})";

    public override IReadOnlyList<DeviceFacts> Devices => [.. _described.Select(device => device.Facts)];

    public override string Source(string runtime) => $"{runtime}, {Path.GetFileName(library.Path)} sha256:{FileHash.Short(_hash.Value)}";

    public override void LoadLibrary()
    {
        NativeDependencies.ThrowIfMissing(library.Path, Needs);
        var env = OrtEnv.Instance();
        env.RegisterExecutionProviderLibrary(library.Name, library.Path);
        var found = env.GetEpDevices()
            .Where(device => device.EpMetadata.Entries.GetValueOrDefault(LibraryPathKey) == library.Path).ToList();
        if (found.Count == 0)
        {
            var seen = PluginDevice.Here().Select(device => device.Text);
            throw new InferenceException($"{library.Path} was loaded, and offers no device of this machine, which has "
                + $"{string.Join(", ", seen)}. {Needs}");
        }

        // A library may hold several providers; the first is its own.
        _devices = [.. found.Where(device => device.EpName == found[0].EpName)];
        _described = [.. _devices.Select(device => PluginDevice.Of(device.HardwareDevice))];
    }

    public override DeviceFacts Device(IReadOnlyList<DeviceFacts> devices, string choice)
    {
        var chosen = Chosen(choice);
        return chosen.Count == 1 ? devices[chosen[0]] : new DeviceFacts(
            string.Join(" and ", chosen.Select(place => _described[place].Text)), chosen.Any(place => _described[place].IsVirtual));
    }

    // A device may compute products of 32-bit floats in less, and nobody tells.
    public override string? ReducedFloat(SessionRequest request) =>
        Chosen(request.Knobs[KnobCatalogue.Device]).All(place => _described[place].IsProcessor) ? null : ExecutionProfile.Unknown;

    public override OrtSetup Configure(SessionOptions options, SessionRequest request)
    {
        var settings = ProviderOptions.In(request.Knobs);
        var chosen = Chosen(request.Knobs[KnobCatalogue.Device]);
        options.AppendExecutionProvider(OrtEnv.Instance(), [.. chosen.Select(place => _devices[place])], settings);
        var device = _devices[chosen[0]];
        var metadata = device.EpMetadata.Entries;
        settings["provider"] = $"{NameAndVersion} of {device.EpVendor}";
        // Where things lie on this machine is nobody's business.
        foreach (var (name, value) in metadata.Where(
            entry => entry.Key is not (LibraryPathKey or VersionKey) && !Path.IsPathRooted(entry.Value)))
        {
            settings[$"metadata.{name}"] = value;
        }

        return OrtSetup.AsAsked(settings, request, string.Join(" and ", chosen.Select(place => _described[place].Resolved)));
    }

    public override SessionSettings Written(SessionSettings settings, SessionRequest request) => settings with
    {
        Provider = ProfileName,
        ProviderOptions = ProviderOptions.In(request.Knobs),
        Remarks = Compiled(request).Path is null ? settings.Remarks
            : [.. settings.Remarks, "The network was compiled ahead (OrtModelCompilationOptions), and what came of it was loaded."],
        Plugin = new PluginSettings(library.Name, Path.GetFileName(library.Path), Chosen(request.Knobs[KnobCatalogue.Device])),
    };

    // All devices are of one provider.
    private string NameAndVersion =>
        $"{ProfileName} {_devices[0].EpMetadata.Entries.GetValueOrDefault(VersionKey, "of an unknown version")}";

    // Providers are not asked whether they take several requests at once: each stream has a session of its own.
    public override bool AllowsConcurrentRuns(SessionRequest request) => false;

    public override string ModelPath(SessionRequest request) => Compiled(request).Path ?? request.ModelPath;

    public override TimeSpan? Prepare(SessionRequest request, Action load, Func<SessionOptions> options) =>
        Compiled(request).Build(request.ModelPath, options);

    public override SessionFacts Complete(SessionFacts facts, SessionRequest request) =>
        facts with { EngineSha256 = Compiled(request).Sha256 };

    /// <exception cref="InferenceException">There is no such device.</exception>
    private IReadOnlyList<int> Chosen(string choice) =>
        DeviceChoice.Of(_described, choice == Knob.EnginesChoice ? null : choice) is { Count: > 0 } chosen ? chosen
        : throw new InferenceException($"Found device={choice}; expected one of "
            + $"{string.Join(", ", _described.Select((device, place) => $"{place}: {device.Text}"))}.");

    private CompiledModel Compiled(SessionRequest request) => new(
        Path.Combine(request.Cache, "plugins"),
        [
            _hash.Value, OrtLibrary.LoadedVersion ?? "none", request.ModelSha256, request.Precision.Id,
            string.Join(' ', _devices[0].EpMetadata.Entries.OrderBy(entry => entry.Key, StringComparer.Ordinal)
                .Select(entry => $"{entry.Key}={entry.Value}")),
            .. _companions.Value,
            string.Join(' ', request.Inputs.Select(input => input.ToString())),
            string.Join(' ', Chosen(request.Knobs[KnobCatalogue.Device]).Select(place => _described[place].Text)),
            .. request.Knobs.Select(knob => $"{knob.Key}={knob.Value}"),
        ],
        request.Build);
}
