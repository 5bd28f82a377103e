using System.Globalization;
using System.Text.Json.Serialization;

namespace Bench.Analysis.Cost;

/// <summary>How times and prices become USD per million images.</summary>
/// <remarks>
/// USD per million images = (ms per image + start ms / images per start) × 10⁶ / 3,600,000 × USD per hour / utilisation. With the
/// defaults, one stream and one image in a request it is the study's formula, runtime alone: https://arxiv.org/abs/1910.03060.
/// At a rate of images it is USD per hour / 3,600 / images per second × 10⁶, however fast the machine is: its idle time is paid.
/// </remarks>
public sealed record CostModel
{
    private const double MillisecondsPerHour = 3_600_000;
    private const double SecondsPerHour = 3600;
    private const double Images = 1e6;

    /// <summary>The share of paid hours in which the machine works, in (0, 1]. Prices of machines of one's own have it
    /// in them already.</summary>
    public double Utilisation { get; init; } = 1;

    /// <summary>How many images are processed for each start, which is loading the network and building the engine;
    /// null to leave the start out.</summary>
    public long? ImagesPerStart { get; init; }

    /// <summary>How many images a second one machine has to process, day and night, so that its idle time is paid, too; null if it is paid
    /// for the images that it processes.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? ImagesPerSecond { get; init; }

    /// <summary>The formula with all its defaults.</summary>
    public static CostModel Runtime { get; } = new();

    /// <summary>What a million images cost.</summary>
    /// <param name="imageMs">The time that the machine takes for an image in ms: 1000 over images per second.</param>
    /// <param name="startMs">The time of a start in ms.</param>
    /// <param name="usdPerHour">The price of an hour.</param>
    /// <param name="onlyWhileWorking">Whether the price is for hours of work alone.</param>
    /// <returns>USD.</returns>
    public double UsdPerMillionImages(double imageMs, double startMs, double usdPerHour, bool onlyWhileWorking) =>
        ImagesPerSecond is { } rate
            ? usdPerHour / SecondsPerHour / rate * Images
            : (imageMs + StartMsPerImage(startMs)) * UsdPerMillionPerMs(usdPerHour, onlyWhileWorking);

    /// <summary>What a million images cost at the mean price.</summary>
    /// <param name="imageMs">The time that the machine takes for an image in ms: 1000 over images per second.</param>
    /// <param name="startMs">The time of a start in ms.</param>
    /// <param name="price">The price of an hour.</param>
    /// <returns>USD.</returns>
    public double UsdPerMillionImages(double imageMs, double startMs, HourlyPrice price) =>
        UsdPerMillionImages(imageMs, startMs, price.UsdPerHour, price.OnlyWhileWorking);

    /// <summary>What a million images cost at each ms that an image takes.</summary>
    /// <param name="usdPerHour">The price of an hour.</param>
    /// <param name="onlyWhileWorking">Whether the price is for hours of work alone.</param>
    /// <returns>USD per ms; 0 at a rate of images, where a faster machine is idle for longer.</returns>
    public double UsdPerMillionPerMs(double usdPerHour, bool onlyWhileWorking) =>
        ImagesPerSecond is not null ? 0 : Images / MillisecondsPerHour * usdPerHour / (onlyWhileWorking ? 1 : Utilisation);

    /// <summary>What each image bears of a start.</summary>
    /// <param name="startMs">The time of a start in ms.</param>
    /// <returns>ms; 0 if starts are left out.</returns>
    public double StartMsPerImage(double startMs) => ImagesPerStart is { } images ? startMs / images : 0;

    /// <summary>Says in words what is not the default; empty if nothing.</summary>
    /// <returns>For example <c>the machine works 30 % of the hours that are paid</c>.</returns>
    public string Describe()
    {
        var parts = new List<string>();
        if (Utilisation < 1)
        {
            parts.Add(string.Create(
                CultureInfo.InvariantCulture, $"the machine works {100 * Utilisation:0.##} % of the hours that are paid"));
        }

        if (ImagesPerStart is { } images)
        {
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"a start (load and engine build) for every {images} images"));
        }

        if (ImagesPerSecond is { } rate)
        {
            parts.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"one machine that is always on processes {rate} images a second, and its idle time is paid"));
        }

        return string.Join("; ", parts);
    }

    /// <exception cref="ArgumentException">An option is out of range; all faults are named.</exception>
    internal void Check()
    {
        if (Faults() is { Count: > 0 } faults)
        {
            throw new ArgumentException($"Cost: {string.Join("; ", faults)}.");
        }
    }

    /// <summary>All that is out of range.</summary>
    internal List<string> Faults()
    {
        var faults = new List<string>();
        if (!(Utilisation > 0 && Utilisation <= 1))
        {
            faults.Add(string.Create(
                CultureInfo.InvariantCulture, $"found utilisation {Utilisation}; expected a share above 0 and at most 1"));
        }

        if (ImagesPerStart < 1)
        {
            faults.Add(string.Create(CultureInfo.InvariantCulture, $"found {ImagesPerStart} images per start; expected at least 1"));
        }

        faults.AddRange(FaultsOfRate());
        return faults;
    }

    private IEnumerable<string> FaultsOfRate()
    {
        if (ImagesPerSecond is not { } rate)
        {
            yield break;
        }

        if (!(rate > 0 && double.IsFinite(rate)))
        {
            yield return string.Create(
                CultureInfo.InvariantCulture, $"found {rate} images a second; expected a number above 0 (--images-per-second)");
        }

        if (Utilisation != 1)
        {
            yield return "found images a second and a utilisation; expected one of them: how long the machine works follows from the rate "
                + "(--images-per-second, --utilisation)";
        }

        if (ImagesPerStart is not null)
        {
            yield return "found images a second and images per start; expected one of them: a machine that is always on starts once "
                + "(--images-per-second, --images-per-start)";
        }
    }
}
