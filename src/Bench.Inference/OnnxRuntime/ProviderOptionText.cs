using Bench.Inference.Knobs;

namespace Bench.Inference.OnnxRuntime;

/// <summary>Reads what a provider says of its options: <c>name=value</c>, with semicolons between.</summary>
internal static class ProviderOptionText
{
    /// <returns>Names and values; what has no equals sign is left out.</returns>
    public static Dictionary<string, string> Parse(string text)
    {
        var options = new Dictionary<string, string>();
        foreach (var part in text.Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            if (part.Split('=', 2) is [var name, var value])
            {
                options[name.Trim()] = value.Trim();
            }
        }

        return options;
    }

    /// <summary>Adds what a knob is by what an option is. Providers leave some options out of what they say: then nothing is added.
    /// </summary>
    /// <param name="options">What <see cref="Parse"/> gave.</param>
    /// <param name="option">An option that is on or off.</param>
    /// <param name="knob">The knob that sets it.</param>
    /// <param name="on">The knob's value where it is on.</param>
    public static void AddSwitch(Dictionary<string, string> options, string option, string knob, string on)
    {
        if (options.TryGetValue(option, out var value))
        {
            options[knob] = value is "1" or "true" ? on : KnobCatalogue.Find(knob)!.Default;
        }
    }
}
