using System.Runtime.ExceptionServices;

namespace Bench.Analysis.Input;

/// <summary>Does the same for many things at once.</summary>
internal static class InParallel
{
    /// <summary>What a function gives for each of some things, in their order.</summary>
    /// <typeparam name="T">The things.</typeparam>
    /// <typeparam name="TResult">What it gives.</typeparam>
    /// <param name="items">The things.</param>
    /// <param name="select">The function; several threads call it.</param>
    /// <returns>The results.</returns>
    /// <exception cref="Exception">What the function threw: that of the first thing for which it threw.</exception>
    public static TResult[] Select<T, TResult>(IReadOnlyList<T> items, Func<T, TResult> select)
    {
        var results = new TResult[items.Count];
        var failures = new ExceptionDispatchInfo?[items.Count];
        Parallel.For(0, items.Count, (i, state) =>
        {
            try
            {
                results[i] = select(items[i]);
            }
            catch (Exception e)
            {
                failures[i] = ExceptionDispatchInfo.Capture(e);

                // Things before it are still looked at: one of them may be the first to fail.
                state.Break();
            }
        });
        Array.Find(failures, failure => failure is not null)?.Throw();
        return results;
    }
}
