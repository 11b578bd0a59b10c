namespace Jarvis.Infrastructure.Persistence.Search;

/// <summary>SQL that finds the nearest vectors on one engine. The first stage compares the signs of all the user's vectors, the second compares the best of them exactly.</summary>
internal interface IVectorIndex
{
    /// <summary>Factor by which the first stage selects more vectors than requested.</summary>
    const int Oversampling = 4;

    /// <summary>
    /// Returns common table expressions that end with <c>nearest (turn_id, memory_item_id, similarity)</c>. The arguments are the
    /// numbers of the statement's parameters. Each table has its own condition on the user.
    /// </summary>
    string Nearest(int user, int vector, int model, int count);

    /// <summary>Converts the vector to a parameter of the statement.</summary>
    object Parameter(QueryVector query);
}
