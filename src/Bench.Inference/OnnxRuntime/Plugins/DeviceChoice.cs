using System.Globalization;

namespace Bench.Inference.OnnxRuntime.Plugins;

/// <summary>Which of a provider's devices is meant: words with hyphens between them, of which each must hold. <c>cpu</c>, <c>gpu</c> and
/// <c>npu</c> are kinds, a number counts among those that the other words leave, and any other word is a part of the vendor's name:
/// <c>npu</c>, <c>intel-gpu</c>, <c>gpu-1</c>, <c>1</c>. <c>all</c> are all of them.</summary>
internal static class DeviceChoice
{
    /// <summary>What values there are, in words.</summary>
    public const string Expected = "cpu, gpu or npu, a part of the vendor's name, a number from 0, some of them with hyphens, as in "
        + "intel-gpu-1, or all, for a provider in a library of its own";

    private const string All = "all";

    private static readonly string[] Kinds = ["cpu", "gpu", "npu"];

    /// <summary>Whether a text is such words.</summary>
    public static bool IsOne(string value) => value.Split('-') is { Length: > 0 } words
        && Array.TrueForAll(words, word => word.Length > 0 && word.All(char.IsAsciiLetterOrDigit))
        && words.Count(IsNumber) <= 1;

    /// <summary>Chooses.</summary>
    /// <param name="devices">The devices, in the provider's order; at least one.</param>
    /// <param name="value">The words; null for the first device.</param>
    /// <returns>The places of those that are meant; none if there is no such device.</returns>
    public static IReadOnlyList<int> Of(IReadOnlyList<PluginDevice> devices, string? value)
    {
        if (value is null)
        {
            return [0];
        }

        if (value == All)
        {
            return [.. Enumerable.Range(0, devices.Count)];
        }

        var words = value.ToLowerInvariant().Split('-');
        var fitting = Enumerable.Range(0, devices.Count)
            .Where(place => words.Where(word => !IsNumber(word)).All(word => Fits(devices[place], word))).ToList();
        var number = Array.Find(words, IsNumber) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : 0;
        return number < fitting.Count ? [fitting[number]] : [];
    }

    private static bool Fits(PluginDevice device, string word) => Kinds.Contains(word)
        ? device.Kind == word
        : device.Vendor.Contains(word, StringComparison.OrdinalIgnoreCase)
            || (word == "amd" && device.Vendor.Contains("Advanced Micro Devices", StringComparison.OrdinalIgnoreCase));

    // Two digits: there are no more devices in a machine, and a vendor's name may be digits, too.
    private static bool IsNumber(string word) => word.Length is 1 or 2 && word.All(char.IsAsciiDigit);
}
