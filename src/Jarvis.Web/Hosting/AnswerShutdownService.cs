using Jarvis.Application.Conversations;

namespace Jarvis.Web.Hosting;

/// <summary>
/// When Jarvis stops, answers on their way may still finish for a while. It begins with the host's stopping and not in its
/// turn: the server waits for open streams, and these for their answers.
/// </summary>
internal sealed class AnswerShutdownService(AnswerGenerator generator, IHostApplicationLifetime lifetime) : IHostedService, IDisposable
{
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    private readonly CancellationTokenSource deadline = new();
    private Task closing = Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        lifetime.ApplicationStopping.Register(() =>
        {
            deadline.CancelAfter(Timeout);
            closing = generator.CloseAsync(deadline.Token);
        });

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => closing;

    public void Dispose() => deadline.Dispose();
}
