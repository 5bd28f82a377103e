using System.Security.Cryptography;
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
    private const int DigitsShown = 12;

    // What the library says of itself, but where it lies.
    private const string LibraryPathKey = "library_path";
    private const string VersionKey = "version";

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

    public override string? WhyNotHere => File.Exists(library.Path) ? null
        : $"found no file {library.Path}; expected the library of the provider.";

    public override IReadOnlyList<DeviceFacts> Devices => [.. _described.Select(device => device.Facts)];

    public override string Source(string runtime) => $"{runtime}, {Path.GetFileName(library.Path)} sha256:{Hash()[..DigitsShown]}";

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

    public override DeviceFacts Device(IReadOnlyList<DeviceFacts> devices, string choice) => Chosen(choice) is [var first, ..]
        ? devices[first]
        : throw new InferenceException($"Found device={choice}; expected one of "
            + $"{string.Join(", ", _described.Select((device, place) => $"{place}: {device.Text}"))}.");

    public override OrtSetup Configure(SessionOptions options, SessionRequest request)
    {
        var settings = ProviderOptions.In(request.Knobs);
        var chosen = Chosen(request.Knobs[KnobCatalogue.Device]);
        options.AppendExecutionProvider(OrtEnv.Instance(), [.. chosen.Select(place => _devices[place])], settings);
        var device = _devices[chosen[0]];
        var metadata = device.EpMetadata.Entries;
        settings["provider"] = $"{device.EpName} {metadata.GetValueOrDefault(VersionKey, "of an unknown version")} of {device.EpVendor}";
        foreach (var (name, value) in metadata.Where(entry => entry.Key is not (LibraryPathKey or VersionKey)))
        {
            settings[$"metadata.{name}"] = value;
        }

        return OrtSetup.AsAsked(settings, request, string.Join(" and ", chosen.Select(place => _described[place].Resolved)));
    }

    public override SessionSettings Written(SessionSettings settings, SessionRequest request) => settings with
    {
        Provider = ProfileName,
        ProviderOptions = ProviderOptions.In(request.Knobs),
        Plugin = new PluginSettings(library.Name, Path.GetFileName(library.Path), Chosen(request.Knobs[KnobCatalogue.Device])),
    };

    // Providers are not asked whether they take several requests at once: each stream has a session of its own.
    public override bool AllowsConcurrentRuns(SessionRequest request) => false;

    public override string ModelPath(SessionRequest request) => Compiled(request).Path ?? request.ModelPath;

    public override TimeSpan? Prepare(SessionRequest request, Action load, Func<SessionOptions> options) =>
        Compiled(request).Build(request.ModelPath, options);

    public override SessionFacts Complete(SessionFacts facts, SessionRequest request) =>
        facts with { EngineSha256 = Compiled(request).Sha256 };

    private IReadOnlyList<int> Chosen(string choice) =>
        DeviceChoice.Of(_described, choice == Knob.EnginesChoice ? null : choice);

    private CompiledModel Compiled(SessionRequest request) => new(
        Path.Combine(request.Cache, "plugins"),
        [
            Hash(), OrtLibrary.LoadedVersion ?? "none", request.ModelSha256, request.Precision.Id,
            string.Join(' ', request.Inputs.Select(input => input.ToString())),
            string.Join(' ', Chosen(request.Knobs[KnobCatalogue.Device]).Select(place => _described[place].Text)),
            .. request.Knobs.Select(knob => $"{knob.Key}={knob.Value}"),
        ],
        request.Build);

    private string Hash()
    {
        using var file = File.OpenRead(library.Path);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }
}
