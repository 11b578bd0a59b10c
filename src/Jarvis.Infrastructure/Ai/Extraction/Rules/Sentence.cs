namespace Jarvis.Infrastructure.Ai.Extraction.Rules;

/// <param name="Text">Text without its closing punctuation.</param>
internal sealed record Sentence(string Text, bool IsQuestion);
