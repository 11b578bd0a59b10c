namespace Jarvis.Domain.Accounts;

/// <summary>Sampling temperature of a model: 0 (always the most likely word) to 2.</summary>
public readonly record struct Temperature
{
    public const float Minimum = 0;
    public const float Maximum = 2;

    public Temperature(float value)
    {
        if (!IsValid(value))
        {
            throw new ArgumentOutOfRangeException(nameof(value), value, $"The temperature must be between {Minimum} and {Maximum}.");
        }

        Value = value;
    }

    public static Temperature Default { get; } = new(0.7f);

    public float Value { get; }

    public static bool IsValid(float value) => value is >= Minimum and <= Maximum;
}
