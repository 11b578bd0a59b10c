using System.Text;
using Microsoft.ML.Tokenizers;

namespace Jarvis.Application.Conversations;

/// <summary>
/// Counts tokens as OpenAI's o200k vocabulary does. Other models cut text differently, by some tens of percent, which the
/// budgets allow for.
/// </summary>
public sealed class TokenCounter
{
    private readonly Lazy<Tokenizer> tokenizer = new(() => TiktokenTokenizer.CreateForModel("gpt-4o"));

    /// <summary>No text has more: a token is a byte at least. It costs next to nothing.</summary>
    public static int FitsWithin(string text) => Encoding.UTF8.GetByteCount(text);

    public int Count(string text) => tokenizer.Value.CountTokens(text);
}
