namespace Jarvis.Application.Speech;

/// <summary>One sentence of an answer, prepared for speech.</summary>
/// <param name="Index">Index in the answer, from 0.</param>
/// <param name="Text">Plain text of at most <see cref="MaxLength"/> characters.</param>
/// <param name="Language">Language of the text as two letters.</param>
public sealed record SpokenSentence(int Index, string Text, string Language)
{
    public const int MaxLength = 400;
}
