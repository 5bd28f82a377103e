namespace Bench.Analysis.Input;

/// <summary>Which shares mean something where one is asked for.</summary>
public sealed record ShareRange
{
    /// <summary>Above 0, also above 1: by how much something may grow.</summary>
    public static readonly ShareRange AboveZero = new("a share above 0, such as 5% or 0.05", share => share > 0);

    /// <summary>From 0 to 1.</summary>
    public static readonly ShareRange ZeroToOne = new("a share from 0 to 1, such as 0.01 or 1%", share => share is >= 0 and <= 1);

    /// <summary>From 0 to below 1.</summary>
    public static readonly ShareRange ZeroToBelowOne =
        new("a share from 0 to below 1, such as 5% or 0.05", share => share is >= 0 and < 1);

    /// <summary>Above 0 to 1.</summary>
    public static readonly ShareRange AboveZeroToOne =
        new("a share above 0 and at most 1, such as 0.3 or 30%", share => share is > 0 and <= 1);

    /// <summary>Between 0 and 1 and neither of them, as a confidence.</summary>
    public static readonly ShareRange Between = new("a share above 0 and below 1, such as 95% or 0.95", share => share is > 0 and < 1);

    private readonly string _text;
    private readonly Func<double, bool> _contains;

    private ShareRange(string text, Func<double, bool> contains) => (_text, _contains) = (text, contains);

    /// <summary>Whether a share lies in it.</summary>
    /// <param name="share">The share.</param>
    public bool Contains(Share share) => _contains(share.Value);

    /// <summary>What is expected, for messages: <c>a share above 0, such as 5% or 0.05</c>.</summary>
    public override string ToString() => _text;
}
