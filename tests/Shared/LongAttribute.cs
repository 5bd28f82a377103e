using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal;

namespace Bench.Tests;

/// <summary>A test that takes minutes: it runs where BENCH_LONG is 1, as in <c>.ci/run</c>, and says so where it does not.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class LongAttribute : CategoryAttribute, IApplyToTest
{
    /// <summary>Whether long tests are asked for.</summary>
    public static bool IsOn => Environment.GetEnvironmentVariable("BENCH_LONG") == "1";

    void IApplyToTest.ApplyToTest(Test test)
    {
        ApplyToTest(test);
        if (!IsOn && test.RunState == RunState.Runnable)
        {
            test.RunState = RunState.Ignored;
            test.Properties.Set(PropertyNames.SkipReason, "takes minutes; set BENCH_LONG=1 to run it");
        }
    }
}
