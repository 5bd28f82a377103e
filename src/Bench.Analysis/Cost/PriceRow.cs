using System.Globalization;
using Bench.Analysis.Input;

namespace Bench.Analysis.Cost;

/// <summary>One row of a table of prices. What is wrong with it is collected, so that all faults of a file can be
/// reported together.</summary>
internal sealed class PriceRow
{
    private readonly string[] _header;
    private readonly string[] _fields;
    private readonly List<string> _faults = [];

    public PriceRow(string[] header, string[] fields)
    {
        (_header, _fields) = (header, fields);
        if (!HasAllFields)
        {
            _faults.Add($"found {fields.Length} fields; expected the {header.Length} of '{string.Join(',', header)}'. "
                + "A field with a comma needs quotation marks.");
        }
    }

    public bool HasAllFields => _fields.Length == _header.Length;

    public IReadOnlyList<string> Faults => _faults;

    public string this[string column] => _fields[Array.IndexOf(_header, column)];

    public void Fault(string column, string expected) => _faults.Add($"found {column} '{this[column]}'; expected {expected}.");

    public string Text(string column) => Checked(column, this[column].Length > 0, this[column], "a text");

    /// <summary>A price without a source is refused.</summary>
    public string Source() => Checked(
        "source", this["source"].Length > 0, this["source"], "where the price was read. A price without a source is refused");

    /// <summary>An amount of money, above 0.</summary>
    public double Usd(string column) => Checked(
        column,
        UsdText.TryParse(this[column], out var usd),
        usd,
        "USD above 0, the number alone with a decimal point. Convert other currencies, and say in source at which rate");

    public double Positive(string column) => Checked(column, TryParse(column, out var value) && value > 0, value, "a number above 0");

    /// <summary>A share above 0 and at most 1.</summary>
    public double Share(string column) =>
        Checked(column, Input.Share.TryParse(this[column], ShareRange.AboveZeroToOne, out var share), share.Value,
            ShareRange.AboveZeroToOne.ToString());

    /// <summary>A number of at least 0.</summary>
    public double Number(string column) => Checked(column, TryParse(column, out var value) && value >= 0, value, "a number of at least 0");

    public int Count(string column) => Checked(
        column, int.TryParse(this[column], NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0, count,
        "a whole number above 0");

    public int? OptionalCount(string column) => this[column].Length == 0 ? null : Count(column);

    public DateOnly Date(string column) => Checked(
        column,
        DateOnly.TryParseExact(this[column], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date),
        date,
        "a date such as 2026-09-24. A price without a date is refused");

    public T Choice<T>(string column, params (string Name, T Value)[] choices)
    {
        var index = Array.FindIndex(choices, choice => choice.Name == this[column]);
        return Checked(column, index >= 0, choices[Math.Max(0, index)].Value, string.Join(", ", choices.Select(choice => choice.Name)));
    }

    private bool TryParse(string column, out double value) =>
        double.TryParse(this[column], NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out value)
        && double.IsFinite(value);

    private T Checked<T>(string column, bool isValid, T value, string expected)
    {
        if (!isValid)
        {
            Fault(column, expected);
        }

        return value;
    }
}
