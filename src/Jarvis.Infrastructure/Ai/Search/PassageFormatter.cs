using System.Globalization;
using Jarvis.Infrastructure.Persistence.Search.Tokenization;

namespace Jarvis.Infrastructure.Ai.Search;

/// <summary>Formats passages of one turn or item: the user's words, and after a dash the answer.</summary>
internal static class PassageFormatter
{
    /// <summary>Minimum length of a useful passage.</summary>
    public const int MinLength = 10;

    private const string Ellipsis = " … ";
    private const string Dash = "— ";

    public static string Format(IReadOnlyList<Passage> passages)
    {
        var (prompt, answer) = (FormatTurn(passages), Side(passages, isAnswer: true));

        return answer.Length == 0 ? prompt : prompt.Length == 0 ? Dash + answer : $"{prompt}\n{Dash}{answer}";
    }

    /// <summary>Formats passages without the answer. The result is empty if only passages of the answer exist.</summary>
    public static string FormatTurn(IReadOnlyList<Passage> passages)
    {
        var text = Side(passages, isAnswer: false);

        return passages is [{ Of: { Until: { } until, At: var from } }, ..]
            ? string.Create(CultureInfo.InvariantCulture, $"{text} ({from:yyyy-MM-dd} – {until:yyyy-MM-dd})")
            : text;
    }

    private static string Side(IReadOnlyList<Passage> passages, bool isAnswer)
    {
        var side = passages.Where(passage => passage.IsAnswer == isAnswer).OrderBy(passage => passage.Start).ToList();
        var text = "";
        for (var i = 0; i < side.Count; i++)
        {
            text += i == 0 ? side[i].Text : (side[i - 1].End == side[i].Start ? " " : Ellipsis) + side[i].Text;
        }

        return text;
    }
}
