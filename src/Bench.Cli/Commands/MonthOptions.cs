using System.CommandLine;
using System.Globalization;
using System.Text.RegularExpressions;
using Bench.Analysis.Decision;
using Bench.Analysis.Months;
using Bench.Analysis.Rows;

namespace Bench.Cli.Commands;

/// <summary>What has to be processed in a month.</summary>
internal sealed partial class MonthOptions
{
    private const string NumberOfImages = "a number above 0, such as 2000000";

    private readonly Option<double?> _images = TextOption.Create<double>(
        "--images-per-month", "Plan a month of so many images: machines, hours of work, and the bill for what is really sold.", "2000000",
        NumberOfImages, Number);
    private readonly Option<double?> _volumes = TextOption.Create<double>(
        "--volumes-per-month", "The same for so many volumes, of models whose card says how a volume is cut into windows.", "5000",
        NumberOfImages, Number);
    private readonly Option<WorkHours?> _hours;
    private readonly Option<double?> _peak = TextOption.Create<double>(
        "--peak-factor", "How many times the mean rate arrives when most do. [default: 3]", "3", "a number from 1 on, such as 3", Peak);

    public MonthOptions() => _hours = new Option<WorkHours?>("--hours")
    {
        Description = "When images arrive: hours a day x days a week. [default: 24x7]",
        HelpName = "8x5",
        CustomParser = result =>
        {
            if (WorkHours.TryParse(result.Tokens.Single().Value, out var hours))
            {
                return hours;
            }

            result.AddError($"--hours: found '{result.Tokens.Single().Value}'; expected hours a day x days a week, such as 8x5.");
            return null;
        },
    };

    public void AddTo(Command command)
    {
        command.Options.Add(_images);
        command.Options.Add(_volumes);
        command.Options.Add(_hours);
        command.Options.Add(_peak);
    }

    /// <summary>The demand on a model; null if nobody asks for a month.</summary>
    /// <exception cref="ArgumentException">Options do not go together; all faults are named.</exception>
    public Func<ModelReport, Demand>? Read(ParseResult result, DecisionOptions options)
    {
        var (images, volumes) = (result.GetValue(_images), result.GetValue(_volumes));
        Check(result, options);
        return images is null && volumes is null ? null : model =>
        {
            var demand = new Demand { ImagesPerMonth = images ?? 0 };
            demand = demand with
            {
                Hours = result.GetValue(_hours) ?? demand.Hours,
                PeakFactor = result.GetValue(_peak) ?? demand.PeakFactor,
            };
            return volumes is not { } count ? demand
                : model.Volume is { } volume
                    ? demand with { ImagesPerMonth = count * volume.Inferences, Together = volume.Inferences }
                    : throw new ArgumentException(
                        $"--volumes-per-month: {model.Id} has no volumes; expected a model whose card says how they are cut (volume). "
                        + "Leave its runs out, or give --images-per-month.");
        };
    }

    private void Check(ParseResult result, DecisionOptions options)
    {
        var faults = new List<string>();
        var (images, volumes) = (result.GetValue(_images), result.GetValue(_volumes));
        if (images is not null && volumes is not null)
        {
            faults.Add("--images-per-month, --volumes-per-month: found both; expected one of them.");
        }

        if (images is null && volumes is null)
        {
            faults.AddRange(new Option[] { _hours, _peak }.Where(option => result.GetResult(option) is { Implicit: false })
                .Select(option => $"{option.Name}: found without --images-per-month and --volumes-per-month; expected one of them."));
        }
        else if (options.Cost != Analysis.Cost.CostModel.Runtime)
        {
            faults.Add("--images-per-month, --volumes-per-month: found beside --images-per-second, --utilisation or --images-per-start; "
                + "expected them alone: how long a machine works and how often it starts follows from the month.");
        }

        if (faults.Count > 0)
        {
            throw new ArgumentException(string.Join(" ", faults));
        }
    }

    // As numbers are written in the answer: 2,000,000; a single comma may be a decimal one.
    private static double? Number(string text) => Quantity.TryParse(
        (Thousands().IsMatch(text) ? text.Replace(",", string.Empty, StringComparison.Ordinal) : text)
            .Replace("_", string.Empty, StringComparison.Ordinal), Quantity.Plain, out var number) ? number : null;

    [GeneratedRegex(@"^\d{1,3}(,\d{3})+$", RegexOptions.CultureInvariant)]
    private static partial Regex Thousands();

    private static double? Peak(string text) => double.TryParse(
        text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var peak) && peak is >= 1 and <= 1e6 ? peak : null;
}
