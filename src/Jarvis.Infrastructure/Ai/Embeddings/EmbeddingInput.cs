namespace Jarvis.Infrastructure.Ai.Embeddings;

/// <summary>What is embedded of what was said.</summary>
internal static class EmbeddingInput
{
    /// <summary>Of a prompt: more than most models read.</summary>
    public const int PromptLength = 2_000;

    /// <summary>Of an answer: its start says what it is about, and its length must not drown what the person said.</summary>
    public const int AnswerLength = 600;
}
