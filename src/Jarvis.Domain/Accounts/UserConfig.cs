using System.Security.Cryptography;
using Jarvis.Domain.Common;
using Jarvis.Domain.Speech;

namespace Jarvis.Domain.Accounts;

/// <summary>Settings of a person. Each account has exactly one instance, created with the account.</summary>
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

    /// <summary>Id of the chosen model; null if Jarvis uses the best available model.</summary>
    public string? Model { get; private set; }

    public Temperature Temperature { get; private set; }

    public bool SpeachesEnabled { get; private set; }

    public string? SpeachesTtsModel { get; private set; }

    public string? SpeachesTtsVoice { get; private set; }

    public string? TtsProvider { get; private set; }

    public SpeechSpeed SpeechSpeed { get; private set; }

    /// <summary>Two-letter language code; null if the browser decides.</summary>
    public string? Language { get; private set; }

    public Theme Theme { get; private set; }

    /// <summary>Jarvis sends memories only to models on machines of the administrator.</summary>
    public bool LocalModelsOnly { get; private set; }

    /// <summary>Key of the hashes of this person's memories, so that a tombstone does not reveal what the person forgot.</summary>
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
