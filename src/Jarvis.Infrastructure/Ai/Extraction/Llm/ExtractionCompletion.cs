namespace Jarvis.Infrastructure.Ai.Extraction.Llm;

/// <param name="Text">Written by a model: never trusted.</param>
/// <param name="PromptTokens">As the server counted them; null where it did not say.</param>
internal sealed record ExtractionCompletion(string Text, string? FinishReason, int? PromptTokens)
{
    public bool IsCutOff => FinishReason == "length";
}
