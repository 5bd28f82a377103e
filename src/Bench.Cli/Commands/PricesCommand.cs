using System.CommandLine;
using System.Globalization;
using Bench.Analysis.Consoles;
using Bench.Analysis.Cost;
using Bench.Analysis.Input;
using Bench.CommandLine;

namespace Bench.Cli.Commands;

/// <summary><c>bench prices</c>: the catalogue, checked.</summary>
internal static class PricesCommand
{
    public static Command Create()
    {
        var keys = new Argument<string[]>("TEXT")
        {
            Description = "Only hardware in whose key, name or offers one of these texts stands, in upper or lower case.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var prices = PriceOptions.PricesOption();
        var purchase = PriceOptions.PurchaseOption();
        var check = new Option<bool>("--check") { Description = "Only say what is wrong with the catalogue. Exit code 4 if anything is." };
        var date = new Option<DateOnly?>("--date")
        {
            Description = "The day from which the age of prices counts, such as 2026-11-22. [default: today]",
            HelpName = "YYYY-MM-DD",
            CustomParser = Day,
        };
        var offers = new Option<bool>("--offers") { Description = "Print every offer with its source, as markdown." };
        var json = new Option<bool>("--json") { Description = "Print JSON." };
        var command = new Command(
            "prices", "Lists what an hour of hardware costs, with the spread between providers, and flags what is doubtful.")
        {
            keys, prices, purchase, offers, check, date, json
        };
        command.SetAction(result => CommandErrors.Report(result.InvocationConfiguration.Error, () =>
        {
            var path = result.GetValue(prices);
            var list = PriceList.Of(PriceOptions.Unchecked(path), result.GetValue(date) ?? PriceOptions.Today(), result.GetValue(purchase));
            if (result.GetValue(check))
            {
                if (result.GetValue(json) || result.GetValue(offers) || result.GetValue(keys) is { Length: > 0 })
                {
                    throw new ArgumentException("prices --check: found more beside it; expected it alone: it checks the whole catalogue.");
                }

                return Check(list, path, result.InvocationConfiguration.Output);
            }

            var shown = Only(list, result.GetValue(keys) ?? []);
            result.InvocationConfiguration.Output.Write(result.GetValue(json) ? JsonPrices.Write(shown)
                : result.GetValue(offers) ? MarkdownPrices.Write(shown)
                : ConsolePrices.Write(shown, Terminal.Width(result.InvocationConfiguration.Output)));
            return list.Faults.Count == 0 ? ExitCodes.Success : ExitCodes.Incomplete;
        }));
        return command;
    }

    private static int Check(PriceList list, string? path, TextWriter output)
    {
        if (list.Faults.Count > 0)
        {
            throw new RunFormatException(path ?? "the built-in prices", string.Join(" ", list.Faults));
        }

        var doubtful = list.Offers.Count(offer => offer.Flags.Count > 0);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{list.Offers.Count} offers for {list.Hardware.Count} kinds of hardware"
            + $"{(path is null ? string.Empty : $", those of {path} among them")}: no fault; "
            + $"{doubtful} offers to take care with."));
        return ExitCodes.Success;
    }

    private static PriceList Only(PriceList list, string[] texts)
    {
        var found = texts.Distinct(StringComparer.Ordinal).ToDictionary(text => text, text => list.Named(text), StringComparer.Ordinal);
        var unknown = found.Where(entry => entry.Value.Count == 0).Select(entry => $"'{entry.Key}'").ToList();
        if (unknown.Count > 0)
        {
            throw new ArgumentException($"prices: found {string.Join(", ", unknown)}, which stands in no name; "
                + $"expected a part of one of {string.Join(", ", list.Hardware.Select(row => row.Hardware.Key))}.");
        }

        var keys = found.Values.SelectMany(named => named).ToHashSet();
        return keys.Count == 0
            ? list
            : list with
            {
                Hardware = [.. list.Hardware.Where(row => keys.Contains(row.Hardware.Key))],
                Offers = [.. list.Offers.Where(row => keys.Contains(row.Offer.Hardware))],
            };
    }

    private static DateOnly? Day(System.CommandLine.Parsing.ArgumentResult result)
    {
        if (DateOnly.TryParseExact(
            result.Tokens.Single().Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            return date;
        }

        result.AddError($"--date: found '{result.Tokens.Single().Value}'; expected a date such as 2026-11-22.");
        return null;
    }
}
