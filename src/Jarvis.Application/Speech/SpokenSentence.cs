namespace Jarvis.Application.Speech;

/// <summary>One sentence of an answer as it is to be heard.</summary>
/// <param name="Index">Its place in the answer, from 0.</param>
/// <param name="Text">At most <see cref="MaxLength"/> characters of plain text.</param>
/// <param name="Language">Of the text itself where it can be told, as two letters.</param>
public sealed record SpokenSentence(int Index, string Text, string Language)
{
    public const int MaxLength = 400;
}
