using System.Collections.Concurrent;
using Jarvis.Application.Administration;
using Microsoft.Extensions.AI;

namespace Jarvis.Infrastructure.Ai.ChatModels.OpenAi;

/// <summary>One server with models, and the result of its last probe.</summary>
/// <param name="configured">Names of the models in the settings, the preferred one first.</param>
/// <param name="createClient">Creates the client for a model by its name at the server.</param>
internal sealed class ModelProvider(ModelServer server, IReadOnlyList<string> configured, Func<string, IChatClient> createClient)
{
    private readonly ConcurrentDictionary<string, IChatClient> clients = [];
    private volatile ProviderSnapshot snapshot = ProviderSnapshot.Unprobed;
    private volatile string? lastAvailable;

    public ModelServer Server { get; } = server;

    /// <summary>Indicates whether the models that the server lists are offered in addition to the configured ones.</summary>
    public required bool UsesListedModels { get; init; }

    /// <summary>Indicates whether the server counts as reachable before the first probe.</summary>
    public required bool IsAssumedReachable { get; init; }

    public bool? IsReachable => snapshot.IsReachable;

    /// <summary>Reason why the server isn't reachable.</summary>
    public ServiceFault? Fault => snapshot.Fault;

    /// <summary>
    /// Model to use if the user chose none. A configured model stays the choice while it is unavailable, so that the user sees its
    /// error instead of another model's answer. The local model, which has a default, is a choice only after it was available once.
    /// </summary>
    public string? DefaultModel => Server.Local
        ? Models().FirstOrDefault(model => model.Available)?.Name ?? lastAvailable
        : Models().Select(model => model.Name).FirstOrDefault();

    public IReadOnlyList<ProvidedModel> Models()
    {
        var current = snapshot;
        var names = UsesListedModels ? configured.Concat(current.Listed.Where(IsForChat)).DistinctBy(NameWithoutDefaultTag) : configured;

        return [.. names.Select(name => new ProvidedModel(name, IsAvailable(name, current)))];
    }

    public IChatClient Client(string model) => clients.GetOrAdd(model, createClient);

    public async Task ProbeAsync(ModelHttpClient http, TimeSpan limit, TimeProvider clock, CancellationToken cancellationToken)
    {
        snapshot = await snapshot.RefreshAsync(Server, http, limit, clock, cancellationToken);
        lastAvailable = Models().FirstOrDefault(model => model.Available)?.Name ?? lastAvailable;
    }

    private bool IsAvailable(string name, ProviderSnapshot current) => current.IsReachable switch
    {
        null => IsAssumedReachable,
        false => false,
        true => !UsesListedModels || !current.ListsModels || current.Listed.Any(listed => NameWithoutDefaultTag(listed) == NameWithoutDefaultTag(name)),
    };

    // Ollama lists the model "llama3" as "llama3:latest".
    private static string NameWithoutDefaultTag(string name) => name.EndsWith(":latest", StringComparison.Ordinal) ? name[..^":latest".Length] : name;

    // A listing doesn't contain the purpose of a model, but embedding models have it in their names.
    private static bool IsForChat(string name) => !name.Contains("embed", StringComparison.OrdinalIgnoreCase);
}

internal sealed record ProvidedModel(string Name, bool Available);
