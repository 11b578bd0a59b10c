// Stands in until the real parts land: whoever brings one of these types deletes it here.
#pragma warning disable
using Jarvis.Application.Conversations;
using Jarvis.Application.Memories;
using Jarvis.Domain.Common;
using Jarvis.Domain.Memories;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using System.Runtime.CompilerServices;

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
