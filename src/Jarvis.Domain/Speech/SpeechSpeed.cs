namespace Jarvis.Domain.Speech;

/// <summary>How quickly a voice speaks: 1 is its own pace. The range is the narrowest among the models' (that of Kokoro).</summary>
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
