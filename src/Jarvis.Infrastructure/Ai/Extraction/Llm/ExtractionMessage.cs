namespace Jarvis.Infrastructure.Ai.Extraction.Llm;

/// <param name="Role"><c>system</c>, <c>user</c> or <c>assistant</c>; named as on the wire.</param>
internal sealed record ExtractionMessage(string Role, string Content);
