namespace Jarvis.Infrastructure.Ai.Search;

internal static class QuestionDetector
{
    /// <summary>A turn that only asked tells nothing about the person: quoting it would answer a question with itself.</summary>
    public static bool IsQuestion(string prompt) => prompt.TrimEnd().EndsWith('?') && prompt.IndexOfAny(['.', '!', '\n', ';']) < 0;
}
