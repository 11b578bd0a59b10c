namespace Jarvis.Infrastructure.MemorySearch;

/// <summary>How an engine finds and ranks a person's documents by their terms.</summary>
internal interface ITermIndex
{
    /// <summary>
    /// Common table expressions, the last of them <c>ranked (id, turn_id, memory_item_id, terms, score)</c>: the documents of the
    /// person {0} with any of the terms {1}, the {2} best by BM25. Each table is narrowed to the person by itself.
    /// </summary>
    string Ranked { get; }

    /// <summary>The terms as the statement takes them.</summary>
    object Parameter(IEnumerable<string> terms, Guid user);
}
