using Jarvis.Application.Memories;
using Jarvis.Domain.Common;
using Jarvis.Domain.Memories;

namespace Jarvis.Infrastructure.Ai.Extraction.Rules;

/// <summary>
/// Merges new statements with known memories by attribute. A statement with the same value adds nothing; one with another value
/// supersedes the earlier memory.
/// </summary>
internal sealed class StatementMerger(IReadOnlyList<KnownMemory> known)
{
    /// <summary>Number of additional words up to which the same value adds no detail.</summary>
    private const int FillerWords = 2;

    // The newest first, in the order of the known memories.
    private readonly List<Entry> entries = [.. known.Select(memory => new Entry(memory.Content, name => StatementReader.ToAttribute(memory.Content, name), memory.Id, Position: null))];
    private readonly List<MemoryCandidate> candidates = [];

    public IReadOnlyList<MemoryCandidate> Candidates => candidates;

    public void Add(Statement statement, TurnId turn)
    {
        var words = statement.Content.SplitFoldedWords();
        var same = entries.Find(entry => entry.Words.SequenceEqual(words));
        if (same is not null)
        {
            return;
        }

        var previous = statement.Slot is { } slot ? entries.Find(entry => entry.Slot(slot.Name)?.IsSameAttributeAs(slot) == true) : null;
        var hasSameValue = previous is not null && statement.Slot!.HasSameValueAs(previous.Slot(statement.Slot.Name)!);
        if (statement.Pattern.Ends ? !hasSameValue : hasSameValue && !AddsDetail(statement.Content, previous!.Content))
        {
            return;
        }

        var superseded = hasSameValue || statement.Pattern.Replaces ? previous : null;
        if (superseded is not null)
        {
            entries.Remove(superseded);
        }

        entries.Insert(0, new Entry(statement.Content, _ => statement.Slot, Known: null, candidates.Count));
        candidates.Add(new MemoryCandidate(
            statement.Kind, statement.Content, statement.Pattern.Salience, turn, superseded?.Known, superseded?.Position));
    }

    private static bool AddsDetail(string content, string known) => content.SplitFoldedWords().Length > known.SplitFoldedWords().Length + FillerWords;

    /// <param name="Known">Id of the stored memory; null if the statement is new.</param>
    /// <param name="Position">Index of the candidate; null if the memory is stored.</param>
    private sealed record Entry(string Content, Func<string, PersonalAttribute?> ReadSlot, MemoryItemId? Known, int? Position)
    {
        private readonly Dictionary<string, PersonalAttribute?> slots = [];
        private readonly Lazy<string[]> words = new(Content.SplitFoldedWords);

        public IReadOnlyList<string> Words => words.Value;

        /// <summary>
        /// Returns the attribute of that name. It is read lazily: there may be a thousand memories, and most turns contain no
        /// statement.
        /// </summary>
        public PersonalAttribute? Slot(string name) => slots.TryGetValue(name, out var slot) ? slot : slots[name] = ReadSlot(name);
    }
}
