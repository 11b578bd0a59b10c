// Stands in until the real parts land: whoever brings one of these types deletes it here.
#pragma warning disable
using Garnet;
using Jarvis.Application.Conversations;
using Jarvis.Application.Memories;
using Jarvis.Domain.Common;
using Jarvis.Domain.Memories;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using StackExchange.Redis;
using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace Jarvis.Infrastructure.Embedded
{
    public sealed class StartupException(string message) : Exception(message);

    public sealed class EmbeddedGarnet : IDisposable
    {
        private readonly GarnetServer server;
        public EmbeddedGarnet(string directory)
        {
            var port = Random.Shared.Next(20000, 30000);
            server = new GarnetServer(["--bind", "127.0.0.1", "--port", port.ToString(), "--lua", "--aof", "--recover", "--device-type", "RandomAccess", "--checkpointdir", directory, "--memory", "64m", "--page", "1m", "--index", "8m", "-q"]);
            server.Start();
            ConnectionString = $"127.0.0.1:{port},abortConnect=false";
        }
        public string ConnectionString { get; }
        public void Stop() => server.Dispose();
        public void Dispose() => server.Dispose();
    }
}

namespace Jarvis.Infrastructure.Sessions
{
    public sealed class SessionStoreUnavailableException(string message, Exception inner) : Exception(message, inner);
}

namespace Jarvis.Infrastructure.ChatModels
{
    public static class ChatModelsRegistration
    {
        public static IServiceCollection AddChatModels(this IServiceCollection services, IConfiguration configuration) => services.AddSingleton<IChatModelCatalog, Catalog>();
        private sealed class Catalog : IChatModelCatalog, IChatModel
        {
            public ChatModelDescription Description => new("jarvis-offline", "offline", true, true);
            public Result<IChatModel> Find(string? id) => id is null or "jarvis-offline" ? Result<IChatModel>.Success(this) : ChatErrors.UnknownModel(id);
            public IReadOnlyList<ChatModelDescription> List() => [Description];
            public async IAsyncEnumerable<ModelEvent> StreamAsync(ModelRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
            {
                foreach (var m in request.Memories) { yield return new ModelEvent.Text("You told me: “" + m.Content + "”.\n\n"); }
                yield return new ModelEvent.Text("No language model is configured.");
                yield return new ModelEvent.Finished(null);
            }
        }
    }
}

namespace Jarvis.Infrastructure.MemoryExtraction
{
    public static class MemoryExtractionRegistration
    {
        public static IServiceCollection AddMemoryExtraction(this IServiceCollection services, IConfiguration configuration) => services.AddSingleton<IMemoryExtractor, Whole>();
        private sealed class Whole : IMemoryExtractor
        {
            public string Name => "heuristic";
            public Task<Result<Extraction>> ExtractAsync(ExtractionInput input, CancellationToken cancellationToken) =>
                Task.FromResult<Result<Extraction>>(new Extraction(string.Join(' ', input.Turns.Select(t => t.Said)), [.. input.Turns.Where(t => !t.Said.EndsWith('?') && t.Said.Length < 200).Select(t => new MemoryCandidate(MemoryKind.Fact, t.Said, new Salience(0.5f), t.Id))]));
        }
    }
}

namespace Jarvis.Infrastructure.Queue
{
    public static class QueueRegistration
    {
        public static IServiceCollection AddMemoryQueue(this IServiceCollection services, IConfiguration configuration) => services.AddSingleton<IMemoryJobQueue, Queue>();
        private sealed class Queue : IMemoryJobQueue
        {
            private readonly BlockingCollection<MemoryJob> jobs = [];
            public Task EnqueueAsync(MemoryJob job, CancellationToken cancellationToken) { jobs.Add(job); return Task.CompletedTask; }
            public Task<LeasedJob?> TakeAsync(CancellationToken cancellationToken) => Task.Run(() => jobs.TryTake(out var job, 1000) ? new LeasedJob(job, "", default) : null);
            public Task CompleteAsync(LeasedJob job, CancellationToken cancellationToken) => Task.CompletedTask;
            public Task ReturnAsync(LeasedJob job, Error reason, bool costsAttempt, CancellationToken cancellationToken) => Task.CompletedTask;
            public Task<MemoryJobState?> FindAsync(MemoryJob job, CancellationToken cancellationToken) => Task.FromResult<MemoryJobState?>(null);
            public Task RetryAsync(MemoryJob job, CancellationToken cancellationToken) => Task.CompletedTask;
        }
    }
}
