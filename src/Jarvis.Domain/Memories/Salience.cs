namespace Jarvis.Domain.Memories;

/// <summary>Importance of a memory: 0 to 1.</summary>
public readonly record struct Salience
{
    private const float ReinforcementStep = 0.1f;

    public Salience(float value)
    {
        if (!IsValid(value))
        {
            throw new ArgumentOutOfRangeException(nameof(value), value, "The salience must be between 0 and 1.");
        }

        Value = value;
    }

    public float Value { get; }

    public static bool IsValid(float value) => value is >= 0 and <= 1;

    /// <summary>Returns a higher salience, for a repeated fact.</summary>
    public Salience Reinforced() => new(Math.Min(1, Value + ReinforcementStep));
}
