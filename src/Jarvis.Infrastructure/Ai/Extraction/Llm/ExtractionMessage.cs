namespace Jarvis.Infrastructure.Ai.Extraction.Llm;

/// <param name="Role"><c>system</c>, <c>user</c> or <c>assistant</c>; the name in the API.</param>
internal sealed record ExtractionMessage(string Role, string Content);
