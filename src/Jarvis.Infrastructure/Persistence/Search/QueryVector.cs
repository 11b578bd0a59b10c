namespace Jarvis.Infrastructure.Persistence.Search;

/// <summary>The embedding of a text.</summary>
/// <param name="Model">Model with its number of dimensions (<c>name/512</c>). Only vectors of one model are comparable.</param>
/// <param name="Values">Components of the unit vector.</param>
internal sealed record QueryVector(string Model, float[] Values);
