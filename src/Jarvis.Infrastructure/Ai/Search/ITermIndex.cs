namespace Jarvis.Infrastructure.Ai.Search;

/// <summary>
/// How an engine reads a person's postings (<c>search_postings</c>): which document has which term, how often, and how long it is.
/// The posting of the empty term tells of each document that it is there, and its length.
/// </summary>
internal interface ITermIndex
{
    /// <summary>As <see cref="SearchSql"/> has it, with the nearest by vectors or without.</summary>
    string Sql(bool nearest);

    /// <summary>The terms as the statement takes them.</summary>
    object Parameter(IReadOnlyList<string> terms);
}
