using System.Text.Json.Serialization;
using Bench.Analysis.Json;

namespace Bench.Analysis.Cost;

/// <summary>On what terms an hour is paid.</summary>
[JsonConverter(typeof(EnumNames<Purchase>))]
public enum Purchase
{
    /// <summary>By the hour, for whoever asks.</summary>
    OnDemand,

    /// <summary>Cheaper, and may be taken away at any moment.</summary>
    Spot,

    /// <summary>Cheaper, and paid for months or years whether used or not.</summary>
    Reserved,

    /// <summary>A machine of one's own: see <see cref="OnPremise"/>.</summary>
    OnPremise,
}

/// <summary>The names of terms in files and on the command line.</summary>
public static class Purchases
{
    /// <summary>All names.</summary>
    public static string Names { get; } = string.Join(", ", Enum.GetValues<Purchase>().Select(Name));

    /// <summary>The name of terms.</summary>
    /// <param name="purchase">The terms.</param>
    /// <returns>In lower case with hyphens, for example <c>on-demand</c>.</returns>
    public static string Name(this Purchase purchase) => purchase switch
    {
        Purchase.OnDemand => "on-demand",
        Purchase.OnPremise => "on-premise",
        _ => purchase.ToString().ToLowerInvariant(),
    };

    /// <summary>Reads a name.</summary>
    /// <param name="name">The name.</param>
    /// <param name="purchase">What it names, if it names any.</param>
    /// <returns>Whether it does.</returns>
    public static bool TryParse(string name, out Purchase purchase)
    {
        foreach (var known in Enum.GetValues<Purchase>())
        {
            if (known.Name() == name)
            {
                purchase = known;
                return true;
            }
        }

        purchase = default;
        return false;
    }
}
