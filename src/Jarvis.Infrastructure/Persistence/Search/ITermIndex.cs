namespace Jarvis.Infrastructure.Persistence.Search;

/// <summary>
/// SQL that reads a user's postings (<c>search_postings</c>) on one engine. A posting says which document has which term, how often,
/// and how long the document is. Each document also has a posting of the empty term, which counts documents and their length.
/// </summary>
internal interface ITermIndex
{
    /// <summary>Returns the statement of <see cref="SearchSql"/>, with or without the nearest vectors.</summary>
    string Sql(bool nearest);

    /// <summary>Converts the terms to a parameter of the statement.</summary>
    object Parameter(IReadOnlyList<string> terms);
}
