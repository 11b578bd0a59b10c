namespace Jarvis.Infrastructure.Ai.Search;

internal static class QuestionDetector
{
    /// <summary>Returns whether a prompt only asks. Such a turn says nothing about the user, and quoting it would answer a question with itself.</summary>
    public static bool IsQuestion(string prompt) => prompt.TrimEnd().EndsWith('?') && prompt.IndexOfAny(['.', '!', '\n', ';']) < 0;
}
