using System.Runtime.CompilerServices;
using Jarvis.Application.Conversations;
using Jarvis.Domain.Common;

namespace Jarvis.Application.Tests;

/// <summary>Catalog with one model whose answers are scripted.</summary>
internal sealed class ScriptedModels : IChatModelCatalog, IChatModel
{
    private readonly List<ModelRequest> requests = [];

    /// <summary>Events of the next answer; “Hi” by default.</summary>
    public Func<ModelRequest, CancellationToken, IAsyncEnumerable<ModelEvent>> Script { get; set; } = (_, _) => Events("Hi");

    /// <summary>True if the model runs on the host's own machine.</summary>
    public bool Local { get; set; } = true;

    public ChatModelDescription Description => new("scripted", "test", Available: true, Local);

    public IReadOnlyList<ModelRequest> Requests => requests;

    public Task InitialProbe => Task.CompletedTask;

    public IReadOnlyList<ChatModelDescription> List() => [Description];

    public Result<IChatModel> Find(string? id) =>
        id is null || id == Description.Id ? Result<IChatModel>.Success(this) : ChatErrors.UnknownModel(id);

    public IAsyncEnumerable<ModelEvent> StreamAsync(ModelRequest request, CancellationToken cancellationToken)
    {
        requests.Add(request);

        return Script(request, cancellationToken);
    }

    public void Reply(params string[] chunks) => Script = (_, _) => Events(chunks);

    public void Fail(Error error, params string[] chunks) => Script = (_, _) => Events([.. chunks.Select(Delta), new ModelEvent.Failed(error)]);

    public void Do(params ModelEvent[] events) => Script = (_, _) => Events(events);

    /// <summary>Returns these chunks, then pauses until the test resumes or cancels the answer.</summary>
    public Pause PauseAfter(params string[] chunks)
    {
        var pause = new Pause();
        Script = (_, token) => PausingAsync(chunks, pause, token);

        return pause;
    }

    private static ModelEvent Delta(string text) => new ModelEvent.Text(text);

    private static IAsyncEnumerable<ModelEvent> Events(params string[] chunks) =>
        Events([.. chunks.Select(Delta), new ModelEvent.Finished(UsedTokens: 7)]);

    private static async IAsyncEnumerable<ModelEvent> Events(IReadOnlyList<ModelEvent> events)
    {
        foreach (var step in events)
        {
            await Task.Yield();
            yield return step;
        }
    }

    private static async IAsyncEnumerable<ModelEvent> PausingAsync(string[] chunks, Pause pause, [EnumeratorCancellation] CancellationToken token)
    {
        foreach (var chunk in chunks)
        {
            yield return Delta(chunk);
        }

        pause.Reached();
        await pause.Resumed.WaitAsync(token);
        yield return Delta(" and done");
        yield return new ModelEvent.Finished(UsedTokens: 7);
    }

    internal sealed class Pause
    {
        private readonly TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource resumed = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>Completes when all chunks before the pause were returned.</summary>
        public Task IsReached => reached.Task;

        public Task Resumed => resumed.Task;

        public void Reached() => reached.TrySetResult();

        public void Resume() => resumed.TrySetResult();
    }
}
