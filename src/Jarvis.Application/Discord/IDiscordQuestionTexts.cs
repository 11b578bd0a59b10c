using Jarvis.Domain.Common;

namespace Jarvis.Application.Discord;

/// <summary>Texts that Jarvis adds to an answer in Discord.</summary>
public interface IDiscordQuestionTexts
{
    /// <summary>Selects the language for the rest of the calling asynchronous method.</summary>
    void UseLanguage(string language);

    string EmptyAnswer { get; }

    /// <summary>States that the question waited too long to be answered in Discord.</summary>
    string TooLate { get; }

    /// <summary>States that the answer takes longer than Discord waits.</summary>
    string StillRunning { get; }

    string For(Error error);

    string For(string code, string message, IReadOnlyList<object?> arguments);

    /// <summary>Returns a pointer to the conversation in Jarvis.</summary>
    string SeeConversation(string link);

    /// <summary>Returns the note at the end of a truncated answer.</summary>
    string Truncated(string link);
}
