namespace Jarvis.Application.Speech;

/// <summary>A speech server and what the catalogue knows of it.</summary>
/// <param name="Id">What is stored: <c>speaches</c> or <c>chatterbox</c>.</param>
/// <param name="Name">As errors and pages call it.</param>
/// <param name="IsConfigured">Whether somebody said where it is.</param>
/// <param name="Models">In the order of preference; at least one.</param>
public sealed record SpeechProvider(string Id, string Name, bool IsConfigured, IReadOnlyList<SpeechModel> Models);

/// <param name="Voices">In the order of preference; at least one.</param>
public sealed record SpeechModel(string Id, IReadOnlyList<SpeechVoice> Voices);

/// <param name="Language">A language tag, such as <c>pl-PL</c>.</param>
public sealed record SpeechVoice(string Id, string Name, string Language);
