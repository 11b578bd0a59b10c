using System.Text;
using Microsoft.ML.Tokenizers;

namespace Jarvis.Application.Conversations;

/// <summary>
/// Counts tokens with OpenAI's o200k vocabulary. The counts of other models differ by some tens of percent, which the budgets allow
/// for.
/// </summary>
public sealed class TokenCounter
{
    private readonly Lazy<Tokenizer> tokenizer = new(() => TiktokenTokenizer.CreateForModel("gpt-4o"));

    /// <summary>Upper bound of the token count: a token has at least one byte. Almost free to compute.</summary>
    public static int FitsWithin(string text) => Encoding.UTF8.GetByteCount(text);

    public int Count(string text) => tokenizer.Value.CountTokens(text);
}
