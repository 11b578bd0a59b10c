using System.Security.Cryptography;
using Jarvis.Domain.Common;
using Jarvis.Domain.Speech;

namespace Jarvis.Domain.Accounts;

/// <summary>What a person chose. Each person has exactly one, made with the account.</summary>
public sealed class UserConfig : IUserOwned
{
    public const int ModelMaxLength = 200;
    public const int VoiceMaxLength = 200;
    private const int MemoryKeyBytes = 32;

    private UserConfig()
    {
    }

    public UserConfigId Id { get; private set; }

    public UserId UserId { get; private set; }

    /// <summary>The chosen model's id; null where Jarvis takes the best that is there.</summary>
    public string? Model { get; private set; }

    public Temperature Temperature { get; private set; }

    public bool SpeachesEnabled { get; private set; }

    public string? SpeachesTtsModel { get; private set; }

    public string? SpeachesTtsVoice { get; private set; }

    public string? TtsProvider { get; private set; }

    public SpeechSpeed SpeechSpeed { get; private set; }

    /// <summary>A two-letter language; null where the browser decides.</summary>
    public string? Language { get; private set; }

    public Theme Theme { get; private set; }

    /// <summary>What memory holds reaches no model but those on machines of whoever hosts Jarvis.</summary>
    public bool LocalModelsOnly { get; private set; }

    /// <summary>Keys the hashes of this person's memories, so that a tombstone alone does not say what was forgotten.</summary>
    public byte[] MemoryKey { get; private set; } = [];

    public static UserConfig CreateDefault(UserId user, DateTimeOffset now) => new()
    {
        Id = UserConfigId.New(now),
        UserId = user,
        Temperature = Temperature.Default,
        SpeechSpeed = SpeechSpeed.Default,
        MemoryKey = RandomNumberGenerator.GetBytes(MemoryKeyBytes),
    };

    public void SetModel(string? model, Temperature temperature) => (Model, Temperature) = (model, temperature);

    public void SetVoice(bool enabled, string? provider, string? model, string? voice, SpeechSpeed speed) =>
        (SpeachesEnabled, TtsProvider, SpeachesTtsModel, SpeachesTtsVoice, SpeechSpeed) = (enabled, provider, model, voice, speed);

    public void SetAppearance(string? language, Theme theme) => (Language, Theme) = (language, theme);

    public void SetLocalModelsOnly(bool localModelsOnly) => LocalModelsOnly = localModelsOnly;
}
