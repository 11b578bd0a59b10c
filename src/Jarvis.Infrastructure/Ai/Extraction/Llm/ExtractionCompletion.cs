namespace Jarvis.Infrastructure.Ai.Extraction.Llm;

/// <param name="Text">Text by a model; untrusted.</param>
/// <param name="PromptTokens">Number of prompt tokens that the server counted; null if it doesn't report them.</param>
internal sealed record ExtractionCompletion(string Text, string? FinishReason, int? PromptTokens)
{
    public bool IsCutOff => FinishReason == "length";
}
