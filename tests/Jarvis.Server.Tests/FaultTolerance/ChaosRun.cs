using System.Globalization;

namespace Jarvis.Server.Tests.FaultTolerance;

/// <summary>
/// Lets all simulated users run their script on a server with two web and two worker processes while faults are injected.
/// </summary>
internal sealed class ChaosRun : IAsyncDisposable
{
    private const string DeadLetters = "{jarvis:memory:jobs}:dead";

    private readonly List<SimulatedUser> users = [];
    private int answered;
    private Guid unreadable;

    private ChaosRun(JarvisServer server) => Server = server;

    public JarvisServer Server { get; }

    public List<JarvisProcess> Workers { get; } = [];

    public IReadOnlyList<Refusal> Refusals => [.. users.SelectMany(user => user.Refusals)];

    public static async Task<ChaosRun> StartAsync(RealServices services, params (string Key, string Value)[] settings)
    {
        var run = new ChaosRun(await JarvisServer.StartAsync(services, settings));
        try
        {
            Uri[] addresses = [await run.Server.HostAsync(JarvisProgram.Web), await run.Server.HostAsync(JarvisProgram.Web)];
            run.Workers.AddRange(await Task.WhenAll(run.Server.StartAndWaitAsync(JarvisProgram.Worker), run.Server.StartAndWaitAsync(JarvisProgram.Worker)));

            // Sequential: hashing twenty passwords at once would occupy all processors for a second, longer than the session timeout.
            for (var i = 0; i < ChaosScript.Users; i++)
            {
                run.users.Add(await SimulatedUser.RegisterAsync(addresses));
            }

            return run;
        }
        catch
        {
            await run.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs all users at once; each user runs one conversation after the other.</summary>
    public Task SendAllAsync() => Task.WhenAll(users.Select(async (user, index) =>
    {
        for (var conversation = 0; conversation < ChaosScript.ConversationsEach; conversation++)
        {
            await user.RunConversationAsync(ChaosScript.Conversation(index, conversation), () => Interlocked.Increment(ref answered));
        }
    }));

    /// <summary>Waits until this many turns have been answered in total.</summary>
    public Task WaitForAnswersAsync(int turns) => Eventually.IsTrueAsync(
        () => Task.FromResult(Volatile.Read(ref answered) >= turns),
        $"{turns} turns are answered",
        TimeSpan.FromMinutes(3));

    /// <summary>Kills a worker and starts another one.</summary>
    public async Task KillWorkerAsync(int index)
    {
        await Workers[index].KillAsync();
        Workers[index] = Server.Start(JarvisProgram.Worker);
    }

    /// <summary>Lets the first user send the message that the model cannot extract.</summary>
    public async Task SendUnreadableAsync() => unreadable = await users[0].RunConversationAsync([ChaosScript.Unreadable], () => { });

    /// <summary>Lets the first user retry memory for that conversation.</summary>
    public Task RetryUnreadableAsync() => users[0].PostAsync("/memory/retry", new { conversationId = unreadable });

    /// <summary>Counts the answered turns that memory has not read.</summary>
    public Task<int> CountUnreadTurnsAsync() =>
        Server.CountAsync("SELECT count(*) FROM conversation_history WHERE status = 'completed' AND remembered_at IS NULL");

    /// <summary>Prompts of the script without an answer in the database.</summary>
    public async Task<IReadOnlyList<string>> FindUnansweredAsync()
    {
        var answers = (await Server.SqlAsync("SELECT u.username, h.prompt FROM conversation_history h JOIN users u ON u.id = h.user_id WHERE h.status = 'completed'"))
            .Split('\n')
            .ToHashSet();

        return
        [
            .. from user in Enumerable.Range(0, ChaosScript.Users)
               from conversation in Enumerable.Range(0, ChaosScript.ConversationsEach)
               from prompt in ChaosScript.Conversation(user, conversation)
               let line = $"{users[user].Username}|{prompt}"
               where !answers.Contains(line)
               select line,
        ];
    }

    /// <summary>Conversations whose summary counts other turns than the answered ones.</summary>
    public Task<int> CountWrongSummariesAsync() => Server.CountAsync(
        """
        SELECT count(*) FROM conversation c LEFT JOIN conversation_summary s ON s.conversation_id = c.conversation_id
        WHERE coalesce(s.message_count, 0) <>
          (SELECT count(*) FROM conversation_history h WHERE h.conversation_id = c.conversation_id AND h.status = 'completed')
        """);

    public async Task<int> CountDeadLettersAsync() => int.Parse(await Server.Redis.CliAsync("HLEN", DeadLetters), CultureInfo.InvariantCulture);

    /// <summary>Memories of each user, in the order of the script's users.</summary>
    public async Task<IReadOnlyList<IReadOnlyList<string>>> MemoriesAsync()
    {
        var rows = await Server.SqlAsync("SELECT u.username, m.kind || ': ' || m.content FROM memory_items m JOIN users u ON u.id = m.user_id ORDER BY 2");
        var byUser = rows.Split('\n').Select(row => row.Split('|', 2)).ToLookup(row => row[0], row => row[1]);

        return [.. users.Select(user => (IReadOnlyList<string>)[.. byUser[user.Username]])];
    }

    public async ValueTask DisposeAsync()
    {
        users.ForEach(user => user.Dispose());
        await Server.DisposeAsync();
    }
}
