using Jarvis.Application.Memories;
using Jarvis.Domain.Common;
using MediatR;

namespace Jarvis.Benchmarks;

/// <summary>Use cases that do nothing and count the extractions.</summary>
internal sealed class NullMediator(int expected) : IMediator
{
    private readonly TaskCompletionSource completed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int remaining = expected;

    public Task Completed => completed.Task;

    public Task<TResponse> Send<TResponse>(IRequest<TResponse> request, CancellationToken cancellationToken = default)
    {
        if (request is ExtractMemory && Interlocked.Decrement(ref remaining) == 0)
        {
            completed.SetResult();
        }

        return Task.FromResult((TResponse)(object)(request switch
        {
            ExtractMemory => Result<bool>.Success(false),
            _ => Result<int>.Success(0),
        }));
    }

    public Task<object?> Send(object request, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task Publish(object notification, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task Publish<TNotification>(TNotification notification, CancellationToken cancellationToken = default)
        where TNotification : INotification => throw new NotSupportedException();
}
