using System.Runtime.ExceptionServices;

namespace Bench.Analysis.Input;

/// <summary>Does the same for many items on all cores, in their order, and fails as a loop would:
/// with the exception of one of them.</summary>
internal static class InParallel
{
    /// <param name="items">The items.</param>
    /// <param name="select">What to make of each; called from several threads.</param>
    /// <returns>The results, in the order of the items.</returns>
    public static TResult[] Select<T, TResult>(IReadOnlyCollection<T> items, Func<T, TResult> select)
    {
        try
        {
            return [.. items.AsParallel().AsOrdered().Select(select)];
        }
        catch (AggregateException e)
        {
            ExceptionDispatchInfo.Throw(e.InnerExceptions[0]);
            throw;
        }
    }
}
