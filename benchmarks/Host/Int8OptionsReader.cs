using Bench.Benchmarks.Preparing;
using Bench.Models.Quantization;

namespace Bench.Benchmarks.Host;

/// <summary>Reads what is said of int8 files that Bench makes.</summary>
internal static class Int8OptionsReader
{
    /// <param name="given">What stands on the command line.</param>
    /// <param name="faults">Takes what is wrong.</param>
    public static Int8Options Read(GivenOptions given, List<string> faults)
    {
        var (options, result) = given;
        var images = new Dictionary<string, string>();
        string? ranges = null;
        foreach (var text in result.GetValue(options.Calibration) ?? [])
        {
            // A file may have an equals sign in its name.
            var equals = File.Exists(text) || Directory.Exists(text) ? -1 : text.IndexOf('=', StringComparison.Ordinal);
            var (input, file) = equals > 0 ? (text[..equals], text[(equals + 1)..]) : (string.Empty, text);
            if (!File.Exists(file) && !Directory.Exists(file))
            {
                faults.Add($"--calibration: found '{text}', which is no file; expected a .npy or .npz file, a folder of images, "
                    + "or a calibration.json.");
            }
            else if (file.EndsWith(".json", StringComparison.OrdinalIgnoreCase))
            {
                ranges = Path.GetFullPath(file);
            }
            else if (!images.TryAdd(input, Path.GetFullPath(file)))
            {
                faults.Add($"--calibration: found images {(input.Length > 0 ? $"for '{input}' " : string.Empty)}twice; expected them once "
                    + "for each input.");
            }
        }

        if (ranges is not null && images.Count > 0)
        {
            faults.Add("--calibration: found images beside a calibration.json; expected one of them.");
        }

        var name = result.GetValue(options.CalibrateBy);
        if (!CalibrationMethods.TryParse(name, out var method) && name is not null)
        {
            faults.Add($"--calibrate-by: found '{name}'; expected one of {string.Join(", ", CalibrationMethods.Names)}.");
        }

        return new Int8Options
        {
            Images = images,
            Ranges = ranges,
            Method = method,
            Exclude = result.GetValue(options.Int8Exclude)
                ?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
        };
    }
}
