using Bench.Analysis.Input;

namespace Bench.Analysis.Tests.Input;

public class InParallelTests
{
    [Test]
    public void Select_ManyThings_GivesResultsInTheirOrder() =>
        Assert.That(InParallel.Select([.. Enumerable.Range(0, 1000)], item => item * 2),
            Is.EqualTo(Enumerable.Range(0, 1000).Select(item => item * 2)));

    [Test]
    public void Select_NothingAtAll_GivesNothing() => Assert.That(InParallel.Select(Array.Empty<int>(), item => item), Is.Empty);

    /// <summary>What is wrong with a run is said of the same cell every time.</summary>
    [Test]
    public void Select_SeveralFailures_ThrowsTheFirstOfThemAsItIs()
    {
        for (var time = 0; time < 100; time++)
        {
            Assert.That(
                () => InParallel.Select([.. Enumerable.Range(0, 100)], item => item < 7
                    ? item
                    : throw new FormatException($"item {item}")),
                Throws.TypeOf<FormatException>().With.Message.EqualTo("item 7"));
        }
    }
}
