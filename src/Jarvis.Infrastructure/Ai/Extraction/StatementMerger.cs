using Jarvis.Application.Memories;
using Jarvis.Domain.Common;
using Jarvis.Domain.Memories;

namespace Jarvis.Infrastructure.Ai.Extraction;

/// <summary>
/// What is known and what is being learned, by the questions that it answers: the same answer in other words adds nothing,
/// another one ends the one before it.
/// </summary>
internal sealed class StatementMerger(IReadOnlyList<KnownMemory> known)
{
    /// <summary>The same answer with more words than this tells something more.</summary>
    private const int FillerWords = 2;

    // The newest first, as the known memories come.
    private readonly List<Entry> entries = [.. known.Select(memory => new Entry(memory.Content, name => StatementReader.ToAttribute(memory.Content, name), memory.Id, Position: null))];
    private readonly List<MemoryCandidate> candidates = [];

    public IReadOnlyList<MemoryCandidate> Candidates => candidates;

    public void Add(Statement statement, TurnId turn)
    {
        var words = WordForms.Tokenize(statement.Content);
        var same = entries.Find(entry => entry.Words.SequenceEqual(words));
        if (same is not null)
        {
            return;
        }

        var before = statement.Slot is { } slot ? entries.Find(entry => entry.Slot(slot.Name)?.IsSameAttributeAs(slot) == true) : null;
        var sameAnswer = before is not null && statement.Slot!.HasSameValueAs(before.Slot(statement.Slot.Name)!);
        if (statement.Pattern.Ends ? !sameAnswer : sameAnswer && !AddsDetail(statement.Content, before!.Content))
        {
            return;
        }

        var ended = sameAnswer || statement.Pattern.Replaces ? before : null;
        if (ended is not null)
        {
            entries.Remove(ended);
        }

        entries.Insert(0, new Entry(statement.Content, _ => statement.Slot, Known: null, candidates.Count));
        candidates.Add(new MemoryCandidate(
            statement.Kind, statement.Content, statement.Pattern.Salience, turn, ended?.Known, ended?.Position));
    }

    private static bool AddsDetail(string content, string known) => WordForms.Tokenize(content).Count > WordForms.Tokenize(known).Count + FillerWords;

    /// <param name="Known">Its id, where memory holds it already.</param>
    /// <param name="Position">Its place among the candidates, where it is being learned.</param>
    private sealed record Entry(string Content, Func<string, PersonalAttribute?> ReadSlot, MemoryItemId? Known, int? Position)
    {
        private readonly Dictionary<string, PersonalAttribute?> slots = [];
        private readonly Lazy<IReadOnlyList<string>> words = new(() => [.. WordForms.Tokenize(Content)]);

        public IReadOnlyList<string> Words => words.Value;

        /// <summary>Read when it is compared, for the question that is asked: there may be a thousand, and most turns state nothing.</summary>
        public PersonalAttribute? Slot(string name) => slots.TryGetValue(name, out var slot) ? slot : slots[name] = ReadSlot(name);
    }
}
