namespace Jarvis.Domain.Accounts;

/// <summary>How freely a model chooses its words: 0 (the likeliest) to 2.</summary>
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
