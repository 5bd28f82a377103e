using Bench.Inference.Knobs;

namespace Bench.Inference.OnnxRuntime;

/// <summary>How a provider was set up for a session.</summary>
/// <param name="Settings">The settings that are not its defaults, or that matter; see <see cref="SessionFacts.Settings"/>.</param>
/// <param name="Resolved">The device, and the value of every knob that was set; see <see cref="SessionFacts.Resolved"/>.</param>
internal sealed record OrtSetup(IReadOnlyDictionary<string, string> Settings, IReadOnlyDictionary<string, string> Resolved)
{
    /// <summary>The setup of a provider that takes what it is asked for, or refuses it.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="request">What was asked for; how many threads there are is found otherwise.</param>
    /// <param name="device">What the provider calls the device.</param>
    public static OrtSetup AsAsked(
        IReadOnlyDictionary<string, string> settings, SessionRequest request, string device = SessionFacts.Processor) =>
        AsTaken(settings, request, device, new Dictionary<string, string>());

    /// <summary>The setup of a provider that says what it took.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="request">What was asked for.</param>
    /// <param name="device">What the provider calls the device.</param>
    /// <param name="taken">What it says, by names of knobs and of its own options; what it leaves out it took as asked.</param>
    public static OrtSetup AsTaken(
        IReadOnlyDictionary<string, string> settings, SessionRequest request, string device, IReadOnlyDictionary<string, string> taken)
    {
        var resolved = request.Knobs.Where(knob => knob.Key != KnobCatalogue.Threads).ToDictionary(
            knob => knob.Key,
            knob => taken.TryGetValue(ProviderOptions.NameOf(knob.Key), out var value) ? value : knob.Value);
        resolved[KnobCatalogue.Device] = device;
        return new OrtSetup(settings, resolved);
    }
}
