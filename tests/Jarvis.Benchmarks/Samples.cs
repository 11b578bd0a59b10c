namespace Jarvis.Benchmarks;

internal static class Samples
{
    public static double Median(this IEnumerable<double> samples) => samples.Percentile(50);

    /// <summary>Percentile by nearest rank: a value that was measured.</summary>
    public static double Percentile(this IEnumerable<double> samples, double percent)
    {
        var sorted = samples.Order().ToArray();

        return sorted[Math.Max(0, (int)Math.Ceiling(percent / 100 * sorted.Length) - 1)];
    }
}
