using Jarvis.Domain.Common;

namespace Jarvis.Application.Speech.Text;

/// <summary>Collects plain text as sentences of one language each, short enough for one synthesis.</summary>
internal sealed class SentenceBuffer(string language)
{
    private const int MinPartLength = 100;

    private List<SpokenSentence> sentences = [];
    private string current = language;
    private int count;

    public IReadOnlyList<SpokenSentence> TakeSentences()
    {
        var finished = sentences;
        sentences = [];

        return finished;
    }

    /// <summary>Announces a code block; speech leaves out its content.</summary>
    public void AppendCode() => Add(current == SpokenLanguage.Polish ? "Przykład kodu." : "Code example.");

    public void Append(string plain)
    {
        for (var from = 0; from < plain.Length;)
        {
            var end = SentenceSplitter.FindEnd(plain, from, isWhole: true)!.Value;
            AppendSentence(plain[from..end]);
            from = end;
        }
    }

    private void AppendSentence(string sentence)
    {
        current = SpokenLanguage.Detect(sentence) ?? current;
        var text = SpeechTextNormalizer.Normalize(sentence, current);
        while (text.Length > SpokenSentence.MaxLength)
        {
            var end = FindPartEnd(text);
            Add(text[..end].TrimEnd());
            text = text[end..].TrimStart();
        }

        Add(text);
    }

    private void Add(string text)
    {
        if (text.Any(char.IsLetterOrDigit))
        {
            sentences.Add(new SpokenSentence(count++, AddFullStop(text), current));
        }
    }

    // Voices lower their pitch at a full stop. Without one, a heading or list item sounds unfinished.
    private static string AddFullStop(string text) => char.IsLetterOrDigit(text[^1]) && text.Length < SpokenSentence.MaxLength ? text + "." : text;

    private static int FindPartEnd(string text)
    {
        var part = text.AsSpan(0, SpokenSentence.MaxLength);
        var pause = part.LastIndexOfAny(";:,–") + 1;
        if (pause > MinPartLength)
        {
            return pause;
        }

        var space = part.LastIndexOf(' ');
        if (space > 0)
        {
            return space;
        }

        return text.Truncate(SpokenSentence.MaxLength).Length;
    }
}
