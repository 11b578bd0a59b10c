using Jarvis.Application.Conversations;

namespace Jarvis.Web.Hosting;

/// <summary>
/// Lets running answers finish for a while on shutdown. It starts with <c>ApplicationStopping</c> and not in
/// <see cref="StopAsync"/>, because the server waits for open streams first, and these wait for their answers.
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
