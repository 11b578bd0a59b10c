namespace Jarvis.Infrastructure.MemorySearch;

/// <summary>
/// How an engine reads a person's postings (<c>search_postings</c>): which document has which term, how often, and how long it is.
/// The posting of the empty term tells of each document that it is there, and its length.
/// </summary>
internal interface ITermIndex
{
    /// <summary>As <see cref="SearchStatement"/> has it, for so many terms.</summary>
    string Statement(int terms);

    /// <summary>The terms as the statement takes them.</summary>
    object[] Parameters(IReadOnlyList<string> terms);
}
