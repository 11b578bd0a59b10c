namespace Jarvis.Domain.Speech;

/// <summary>Speed of a voice; 1 is its normal speed. The range is the narrowest of all models (Kokoro).</summary>
public readonly record struct SpeechSpeed
{
    public const float Minimum = 0.5f;
    public const float Maximum = 2;

    public SpeechSpeed(float value)
    {
        if (!IsValid(value))
        {
            throw new ArgumentOutOfRangeException(nameof(value), value, $"The speed must be between {Minimum} and {Maximum}.");
        }

        Value = value;
    }

    public static SpeechSpeed Default { get; } = new(1);

    public float Value { get; }

    public static bool IsValid(float value) => value is >= Minimum and <= Maximum;
}
