using System.Text.Json.Serialization;
using Bench.Analysis.Json;

namespace Bench.Analysis.Study;

/// <summary>Something that the study says, and whether its own tables bear it out.</summary>
/// <param name="Number">The claim's number, with a letter for its parts.</param>
/// <param name="Text">What it says.</param>
/// <param name="Verdict">Whether it holds.</param>
/// <param name="Evidence">The numbers.</param>
public sealed record Claim(string Number, string Text, ClaimVerdict Verdict, string Evidence);

/// <summary>Whether a claim holds.</summary>
[JsonConverter(typeof(EnumNames<ClaimVerdict>))]
public enum ClaimVerdict
{
    /// <summary>The tables say so.</summary>
    Holds,

    /// <summary>The tables give the claimed number when rounded as it is.</summary>
    HoldsWithinRounding,

    /// <summary>The tables say otherwise.</summary>
    DoesNotFollow,

    /// <summary>The tables do not have what it takes.</summary>
    CannotBeCheckedFromTheTables,
}

/// <summary>The names of verdicts.</summary>
internal static class ClaimVerdicts
{
    /// <summary>What a verdict is called in tables.</summary>
    /// <param name="verdict">The verdict.</param>
    /// <returns>For example <c>does not follow</c>.</returns>
    public static string Name(this ClaimVerdict verdict) => EnumNames.Words(verdict);
}
