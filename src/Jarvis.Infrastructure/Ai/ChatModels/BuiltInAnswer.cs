using System.Globalization;
using System.Text.RegularExpressions;
using Jarvis.Application.Conversations;
using Jarvis.Domain.Conversations;
using Jarvis.Infrastructure.Common;

namespace Jarvis.Infrastructure.Ai.ChatModels;

/// <summary>What the offline responder says. It quotes; it never concludes.</summary>
internal static partial class BuiltInAnswer
{
    private const int MaxQuoted = 8;
    private const string DateFormat = "d MMMM yyyy";

    /// <param name="hasOthers">Whether a language model is there, and this responder was chosen all the same.</param>
    public static string Create(string prompt, IReadOnlyList<CitedMemory> given, MemoryUsage recall, bool hasOthers)
    {
        // "You told me" is true of these only.
        var memories = given.Where(memory => memory.Text.Length > 0).ToList();
        var culture = PromptLanguage.Detect(prompt);
        var say = culture == PromptLanguage.Polish ? BuiltInPhrases.Polish : BuiltInPhrases.English;
        var way = hasOthers ? say.ChooseModel : say.AddModel;

        // Only what memory was asked for may be called not found, and only what it takes in noted.
        return recall switch
        {
            MemoryUsage.Disabled => $"{say.WithoutMemory} {way}",
            MemoryUsage.PublicAudience => $"{say.InPublic} {way}",
            _ => $"{Body(prompt, memories, say, culture)}\n\n{(hasOthers ? say.WithOthers : say.NoModel)} {way}",
        };
    }

    private static string Body(string prompt, List<CitedMemory> memories, BuiltInPhrases say, CultureInfo culture)
    {
        if (Greeting.IsMatch(prompt))
        {
            return say.Greeting;
        }

        if (Thanks.IsMatch(prompt))
        {
            return say.Welcome;
        }

        // Found memories are shown even then: "Plan a walk with Reksio" may be helped by what is known of him.
        if (memories.Count == 0 && Request.IsMatch(prompt))
        {
            return say.NeedsModel;
        }

        if (!IsQuestion(prompt) && !Request.IsMatch(prompt))
        {
            return say.Noted;
        }

        return memories switch
        {
            [] => say.NothingFound,
            [var only] => $"{string.Format(culture, say.ToldOn, FormatDate(only, culture))}: {Quote(only, say)}.",
            _ => $"{say.Told}:\n\n{string.Join('\n', memories.Take(MaxQuoted).Select(memory => $"- {FormatDate(memory, culture)}: {Quote(memory, say)}"))}",
        };
    }

    private static string FormatDate(CitedMemory memory, CultureInfo culture) => memory.At.ToString(DateFormat, culture);

    private static string Quote(CitedMemory memory, BuiltInPhrases say) =>
        string.Format(CultureInfo.InvariantCulture, say.Quotation, MarkdownEscaper.Escape(memory.Text).TrimEnd('.'));

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
