using System.Globalization;
using System.Text.RegularExpressions;
using Jarvis.Application.Conversations;
using Jarvis.Domain.Conversations;
using Jarvis.Infrastructure.Common;

namespace Jarvis.Infrastructure.Ai.ChatModels.BuiltIn;

/// <summary>Composes the answers of the offline responder. It quotes memories and never draws conclusions.</summary>
internal static partial class BuiltInAnswer
{
    private const int MaxQuoted = 8;
    private const string DateFormat = "d MMMM yyyy";

    /// <param name="hasOthers">Indicates whether a language model is available, so that the user chose this responder deliberately.</param>
    public static string Create(string prompt, IReadOnlyList<CitedMemory> citations, MemoryUsage usage, bool hasOthers)
    {
        // "You told me" is true only for memories with text.
        var memories = citations.Where(memory => memory.Text.Length > 0).ToList();
        var culture = PromptLanguage.Detect(prompt);
        var phrases = culture == PromptLanguage.Polish ? BuiltInPhrases.Polish : BuiltInPhrases.English;
        var advice = hasOthers ? phrases.ChooseModel : phrases.AddModel;

        // Without memory, the responder must claim neither a search nor that it noted something.
        return usage switch
        {
            MemoryUsage.Disabled => $"{phrases.WithoutMemory} {advice}",
            MemoryUsage.PublicAudience => $"{phrases.InPublic} {advice}",
            _ => $"{Body(prompt, memories, phrases, culture)}\n\n{(hasOthers ? phrases.WithOthers : phrases.NoModel)} {advice}",
        };
    }

    private static string Body(string prompt, List<CitedMemory> memories, BuiltInPhrases phrases, CultureInfo culture)
    {
        if (Greeting.IsMatch(prompt))
        {
            return phrases.Greeting;
        }

        if (Thanks.IsMatch(prompt))
        {
            return phrases.Welcome;
        }

        // A request with matching memories shows them: "Plan a walk with Reksio" may profit from facts about Reksio.
        if (memories.Count == 0 && Request.IsMatch(prompt))
        {
            return phrases.NeedsModel;
        }

        if (!IsQuestion(prompt) && !Request.IsMatch(prompt))
        {
            return phrases.Noted;
        }

        return memories switch
        {
            [] => phrases.NothingFound,
            [var only] => $"{string.Format(culture, phrases.ToldOn, FormatDate(only, culture))}: {Quote(only, phrases)}.",
            _ => $"{phrases.Told}:\n\n{string.Join('\n', memories.Take(MaxQuoted).Select(memory => $"- {FormatDate(memory, culture)}: {Quote(memory, phrases)}"))}",
        };
    }

    private static string FormatDate(CitedMemory memory, CultureInfo culture) => memory.At.ToString(DateFormat, culture);

    private static string Quote(CitedMemory memory, BuiltInPhrases phrases) =>
        string.Format(CultureInfo.InvariantCulture, phrases.Quotation, MarkdownEscaper.Escape(memory.Text).TrimEnd('.'));

    private static bool IsQuestion(string prompt) => prompt.Contains('?') || QuestionPattern.IsMatch(prompt);

    [GeneratedRegex(
        @"^\s*(what|who|whom|whose|where|when|which|how|why|do|does|did|is|are|was|were|can|could|tell me|remind me|co|kto|kogo|komu|kim|gdzie|kiedy|jak|jaki|jaka|jakie|jakim|który|która|które|ile|czy|czyj|czyja|dlaczego|czemu|skąd|dokąd|powiedz|przypomnij|opowiedz)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex QuestionPattern { get; }

    [GeneratedRegex(
        @"^\W*(hi|hello|hey|good (morning|afternoon|evening)|cześć|czesc|hej|witaj|dzień dobry|dzien dobry|dobry wieczór)( jarvis)?\W*$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Greeting { get; }

    [GeneratedRegex(
        @"^\W*(thanks|thank you|many thanks|dzięki|dzieki|dziękuję|dziekuje)( (a lot|very much|so much|bardzo|wielkie))?(,? jarvis)?\W*$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Thanks { get; }

    [GeneratedRegex(
        @"^\s*(please |proszę,? )?(write|help|explain|translate|summari[sz]e|plan|make|create|give me|suggest|list|compare|calculate|recommend|napisz|pomóż|wyjaśnij|wytłumacz|przetłumacz|streść|zaplanuj|zrób|stwórz|podaj|zaproponuj|wymień|porównaj|oblicz|poleć)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Request { get; }
}
