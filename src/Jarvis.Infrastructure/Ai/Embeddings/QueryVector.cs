namespace Jarvis.Infrastructure.Ai.Embeddings;

/// <summary>The meaning of a text as a direction.</summary>
/// <param name="Model">What made it, with its number of dimensions (<c>name/512</c>): only vectors of one model can be compared.</param>
/// <param name="Values">Of length 1.</param>
internal sealed record QueryVector(string Model, float[] Values);
