namespace Jarvis.Domain.Common;

/// <summary>Delays between attempts after temporary failures.</summary>
public static class Backoff
{
    // Limits the exponent, so that the delay after many attempts doesn't overflow.
    private const int MaxDoublings = 20;

    /// <summary>Returns the delay after this number of failed attempts. It doubles with each attempt up to the maximum.</summary>
    public static TimeSpan GetDelay(int attempts, TimeSpan first, TimeSpan max)
    {
        var doubled = first * Math.Pow(2, Math.Clamp(attempts - 1, 0, MaxDoublings));

        return doubled < max ? doubled : max;
    }
}
