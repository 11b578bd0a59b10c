using System.Globalization;
using Jarvis.TestSupport.Order;
using Xunit;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCaseOrderer(typeof(RandomOrder))]
[assembly: TestCollectionOrderer(typeof(RandomOrder))]

namespace Jarvis.TestSupport.Order;

/// <summary>
/// Runs tests in another order each time, so that dependencies between tests show. It prints the seed; <c>JARVIS_TEST_SEED</c> repeats an
/// order.
/// </summary>
internal sealed class RandomOrder : ITestCaseOrderer, ITestCollectionOrderer
{
    private const string Variable = "JARVIS_TEST_SEED";

    private static readonly int Seed = ChooseSeed();

    public IReadOnlyCollection<TTestCase> OrderTestCases<TTestCase>(IReadOnlyCollection<TTestCase> testCases)
        where TTestCase : notnull, ITestCase =>
        Shuffle(testCases, test => test.UniqueID);

    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        Shuffle(testCollections, collection => collection.UniqueID);

    // Sorted first, because the discovery order varies and the seed must determine the order alone.
    private static T[] Shuffle<T>(IReadOnlyCollection<T> all, Func<T, string> id)
    {
        var shuffled = all.OrderBy(id, StringComparer.Ordinal).ToArray();
        new Random(Seed).Shuffle(shuffled);

        return shuffled;
    }

    private static int ChooseSeed()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable(Variable), CultureInfo.InvariantCulture, out var chosen)
            ? chosen
            : Random.Shared.Next();
        TestContext.Current.SendDiagnosticMessage("Order of tests: {0}={1}", Variable, seed);

        return seed;
    }
}
