namespace Jarvis.Application.Speech;

/// <summary>Speech server with its entry in the catalogue.</summary>
/// <param name="Id">Stored id: <c>speaches</c> or <c>chatterbox</c>.</param>
/// <param name="Name">Name in errors and on pages.</param>
/// <param name="IsConfigured">Indicates whether the settings contain its address.</param>
/// <param name="Models">Models in the order of preference; at least one.</param>
public sealed record SpeechProvider(string Id, string Name, bool IsConfigured, IReadOnlyList<SpeechModel> Models);

/// <param name="Voices">Voices in the order of preference; at least one.</param>
public sealed record SpeechModel(string Id, IReadOnlyList<SpeechVoice> Voices);

/// <param name="Language">Language tag, such as <c>pl-PL</c>.</param>
public sealed record SpeechVoice(string Id, string Name, string Language);
