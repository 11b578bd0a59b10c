using System.Collections.Concurrent;
using System.Xml.Linq;
using Jarvis.Infrastructure.Redis;
using Microsoft.AspNetCore.DataProtection.Repositories;
using StackExchange.Redis;

namespace Jarvis.Infrastructure.Redis.Sessions;

/// <summary>
/// The data protection keys of all processes, as elements of a list in Redis, which may lose them. What a process has once
/// seen it keeps, and gives back to a list that lacks it; whoever adds to the list tells the others.
/// </summary>
internal sealed class RedisKeyRepository(Func<IConnectionMultiplexer> redis) : IXmlRepository
{
    public static readonly RedisChannel Changed = RedisChannel.Literal("jarvis:keys:changed");

    private const string List = "jarvis:keys";

    /// <summary>
    /// KEYS: the list. ARGV: elements. Adds those that are not there, and answers with how many. One step, because a key that
    /// stands in the list twice makes the whole list unreadable, and all processes give back at the same moment.
    /// </summary>
    private const string AddMissing =
        """
        local there, added = {}, 0
        for _, element in ipairs(redis.call('LRANGE', KEYS[1], 0, -1)) do
          there[element] = true
        end
        for _, element in ipairs(ARGV) do
          if not there[element] then
            redis.call('RPUSH', KEYS[1], element)
            there[element] = true
            added = added + 1
          end
        end
        return added
        """;

    private readonly ConcurrentDictionary<string, byte> known = [];
    private volatile bool isCurrent;

    /// <summary>Whether the list was read when it was last asked for; else there may be keys in it that are not known here.</summary>
    public bool IsCurrent => isCurrent;

    public IReadOnlyCollection<XElement> GetAllElements()
    {
        try
        {
            Compare();
            isCurrent = true;
        }
        catch (Exception e) when (RedisOutageLogger.IsTransient(e) && !known.IsEmpty)
        {
            isCurrent = false;

            // A failure would make the ring deaf for two minutes to being told to be read again.
        }

        return [.. known.Keys.Select(element => XElement.Parse(element))];
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        var text = element.ToString(SaveOptions.DisableFormatting);
        Add(text);
        known.TryAdd(text, 0);
    }

    private void Compare()
    {
        var stored = redis().GetDatabase().ListRange(List).Select(element => element.ToString()).ToHashSet();
        var lost = known.Keys.Where(element => !stored.Contains(element)).ToArray();
        foreach (var element in stored)
        {
            known.TryAdd(element, 0);
        }

        if (lost.Length > 0)
        {
            Add(lost);
        }
    }

    private void Add(params string[] elements)
    {
        var added = (int)redis().GetDatabase().ScriptEvaluate(AddMissing, [List], [.. elements.Select(element => (RedisValue)element)]);
        if (added > 0)
        {
            // Whoever does not hear it now reads the list again when its own connection is restored.
            redis().GetSubscriber().Publish(Changed, added, CommandFlags.FireAndForget);
        }
    }
}
