using Jarvis.Application.Conversations;

namespace Jarvis.Web.Hosting;

/// <summary>Loads the tokenizer's vocabulary in the background at start, so that the first question does not wait for it.</summary>
internal sealed class TokenizerWarmup(TokenCounter tokens) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.Run(() => tokens.Count("Hello"), stoppingToken);
}
