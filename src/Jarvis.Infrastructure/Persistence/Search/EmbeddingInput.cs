namespace Jarvis.Infrastructure.Persistence.Search;

/// <summary>Limits of the text that is embedded.</summary>
internal static class EmbeddingInput
{
    /// <summary>Maximum length of a prompt, which is more than most models read.</summary>
    public const int PromptLength = 2_000;

    /// <summary>Maximum length of an answer. Its start shows the topic, and a long answer must not outweigh the user's words.</summary>
    public const int AnswerLength = 600;

    /// <summary>Truncates a text, but never inside a surrogate pair.</summary>
    public static string Cut(string text, int length) =>
        text.Length <= length ? text : text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];
}
