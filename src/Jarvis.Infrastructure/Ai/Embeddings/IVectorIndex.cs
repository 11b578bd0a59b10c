namespace Jarvis.Infrastructure.Ai.Embeddings;

/// <summary>How an engine finds the nearest: it looks at the signs of all the person's vectors first, and compares the best of those exactly.</summary>
internal interface IVectorIndex
{
    /// <summary>How many times what is wanted the first look takes.</summary>
    const int Oversampling = 4;

    /// <summary>
    /// Common table expressions, the last of them <c>nearest (turn_id, memory_item_id, similarity)</c>, with the numbers of the
    /// statement's parameters for the person, the vector, its model and the count. Each table is narrowed to the person by itself.
    /// </summary>
    string Nearest(int user, int vector, int model, int count);

    /// <summary>The vector as the statement takes it.</summary>
    object Parameter(QueryVector query);
}
