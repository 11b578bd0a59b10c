using System.Globalization;

namespace Jarvis.Infrastructure.Ai.Search;

/// <summary>How passages of one turn, or an item, are given: what the person said, then after a dash what was answered.</summary>
internal static class PassageFormatter
{
    /// <summary>Nothing that is worth giving is shorter.</summary>
    public const int MinLength = 10;

    private const string Left = " … ";
    private const string Dash = "— ";

    public static string Format(IReadOnlyList<Passage> passages)
    {
        var (said, answered) = (FormatTurn(passages), Side(passages, isAnswer: true));

        return answered.Length == 0 ? said : said.Length == 0 ? Dash + answered : $"{said}\n{Dash}{answered}";
    }

    /// <summary>Without what was answered; empty where only that is given.</summary>
    public static string FormatTurn(IReadOnlyList<Passage> passages)
    {
        var said = Side(passages, isAnswer: false);

        return passages is [{ Of: { Until: { } until, At: var from } }, ..]
            ? string.Create(CultureInfo.InvariantCulture, $"{said} ({from:yyyy-MM-dd} – {until:yyyy-MM-dd})")
            : said;
    }

    private static string Side(IReadOnlyList<Passage> passages, bool isAnswer)
    {
        var parts = passages.Where(passage => passage.IsAnswer == isAnswer).OrderBy(passage => passage.Start).ToList();
        var text = "";
        for (var i = 0; i < parts.Count; i++)
        {
            text += i == 0 ? parts[i].Text : (parts[i - 1].End == parts[i].Start ? " " : Left) + parts[i].Text;
        }

        return text;
    }
}
