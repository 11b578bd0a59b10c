using System.Collections.Concurrent;
using Jarvis.Application.Administration;
using Microsoft.Extensions.AI;

namespace Jarvis.Infrastructure.Ai.ChatModels.OpenAi;

/// <summary>One server with models, and what was seen of it last.</summary>
/// <param name="configured">Models that a person named, the preferred one first.</param>
/// <param name="open">A client for a model, by its name there.</param>
internal sealed class ModelProvider(ModelServer server, IReadOnlyList<string> configured, Func<string, IChatClient> open)
{
    private readonly ConcurrentDictionary<string, IChatClient> clients = [];
    private volatile ProviderSnapshot view = ProviderSnapshot.Unprobed;
    private volatile string? lastAvailable;

    public ModelServer Server { get; } = server;

    /// <summary>Whether what the server lists is offered beside what was named.</summary>
    public required bool UsesListedModels { get; init; }

    /// <summary>Whether it counts as there until it was seen not to be.</summary>
    public required bool IsPresumed { get; init; }

    public bool? IsReachable => view.Answers;

    /// <summary>Why it does not answer.</summary>
    public ServiceFault? Fault => view.Fault;

    /// <summary>
    /// The model to take where a person chose none. What was configured stays the choice while it is away, so that its failure
    /// is seen instead of another's answer; the local model, which has a default, only once it was there.
    /// </summary>
    public string? Automatic => Server.Local
        ? Models().FirstOrDefault(model => model.Available)?.Name ?? lastAvailable
        : Models().Select(model => model.Name).FirstOrDefault();

    public IReadOnlyList<ProvidedModel> Models()
    {
        var seen = view;
        var names = UsesListedModels ? configured.Concat(seen.Listed.Where(IsForChat)).DistinctBy(NameWithoutDefaultTag) : configured;

        return [.. names.Select(name => new ProvidedModel(name, IsAvailable(name, seen)))];
    }

    public IChatClient Client(string model) => clients.GetOrAdd(model, open);

    public async Task ProbeAsync(ModelHttp http, TimeSpan limit, TimeProvider clock, CancellationToken cancellationToken)
    {
        view = await view.RefreshAsync(Server, http, limit, clock, cancellationToken);
        lastAvailable = Models().FirstOrDefault(model => model.Available)?.Name ?? lastAvailable;
    }

    private bool IsAvailable(string name, ProviderSnapshot seen) => seen.Answers switch
    {
        null => IsPresumed,
        false => false,
        true => !UsesListedModels || !seen.ListsModels || seen.Listed.Any(listed => NameWithoutDefaultTag(listed) == NameWithoutDefaultTag(name)),
    };

    // Ollama lists "llama3:latest" for what everybody calls "llama3".
    private static string NameWithoutDefaultTag(string name) => name.EndsWith(":latest", StringComparison.Ordinal) ? name[..^":latest".Length] : name;

    // A listing does not say what a model is for; models for embedding carry it in their names.
    private static bool IsForChat(string name) => !name.Contains("embed", StringComparison.OrdinalIgnoreCase);
}

internal sealed record ProvidedModel(string Name, bool Available);
