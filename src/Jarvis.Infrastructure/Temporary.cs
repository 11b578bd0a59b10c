// Stands in until the real parts land: whoever brings one of these types deletes it here.
#pragma warning disable
using Jarvis.Application.Conversations;
using Jarvis.Application.Memories;
using Jarvis.Domain.Common;
using Jarvis.Domain.Memories;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using System.Runtime.CompilerServices;

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
