using Jarvis.Domain.Common;

namespace Jarvis.Application.Speech.Text;

/// <summary>Puts what is read into sentences of one language each, short enough to be spoken at once.</summary>
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

    /// <summary>One code block, whatever is in it.</summary>
    public void AppendCode() => Add(current == SpokenLanguage.Polish ? "Przykład kodu." : "Code example.");

    public void Append(string plain)
    {
        for (var from = 0; from < plain.Length;)
        {
            var end = SentenceEndDetector.Next(plain, from, isWhole: true)!.Value;
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
            var end = PartEnd(text);
            Add(text[..end].TrimEnd());
            text = text[end..].TrimStart();
        }

        Add(text);
    }

    private void Add(string text)
    {
        if (text.Any(char.IsLetterOrDigit))
        {
            sentences.Add(new SpokenSentence(count++, IsAtSentenceEnd(text), current));
        }
    }

    // A voice falls at a full stop: what has none, as a heading or an item of a list, sounds as if it went on.
    private static string IsAtSentenceEnd(string text) => char.IsLetterOrDigit(text[^1]) && text.Length < SpokenSentence.MaxLength ? text + "." : text;

    private static int PartEnd(string text)
    {
        var most = text.AsSpan(0, SpokenSentence.MaxLength);
        var pause = most.LastIndexOfAny(";:,–") + 1;
        if (pause > MinPartLength)
        {
            return pause;
        }

        var space = most.LastIndexOf(' ');
        if (space > 0)
        {
            return space;
        }

        return text.Truncate(SpokenSentence.MaxLength).Length;
    }
}
