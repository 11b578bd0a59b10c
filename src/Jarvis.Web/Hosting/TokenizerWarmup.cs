using Jarvis.Application.Conversations;

namespace Jarvis.Web.Hosting;

/// <summary>Loads the vocabulary for counting tokens beside the start, so that the first person who asks does not wait for it.</summary>
internal sealed class TokenizerWarmup(TokenCounter tokens) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.Run(() => tokens.Count("Hello"), stoppingToken);
}
