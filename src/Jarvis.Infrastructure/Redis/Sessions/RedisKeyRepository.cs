using System.Collections.Concurrent;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using StackExchange.Redis;

namespace Jarvis.Infrastructure.Redis.Sessions;

/// <summary>
/// Data protection keys of all processes, as elements of a list in Redis, which may lose them. Each process remembers the keys that
/// it has read, restores them to a list that lacks them, and notifies the other processes when it adds one.
/// </summary>
internal sealed class RedisKeyRepository(Func<IConnectionMultiplexer> redis) : IXmlRepository
{
    public static readonly RedisChannel Changed = RedisChannel.Literal("jarvis:keys:changed");

    private const string List = "jarvis:keys";

    /// <summary>
    /// KEYS: the list. ARGV: elements. Adds the missing elements and returns their number. The script is atomic, because all
    /// processes restore keys at the same time, and a key that is in the list twice makes the whole list unreadable.
    /// </summary>
    private const string AddMissing =
        """
        local present, added = {}, 0
        for _, element in ipairs(redis.call('LRANGE', KEYS[1], 0, -1)) do
          present[element] = true
        end
        for _, element in ipairs(ARGV) do
          if not present[element] then
            redis.call('RPUSH', KEYS[1], element)
            present[element] = true
            added = added + 1
          end
        end
        return added
        """;

    private readonly ConcurrentDictionary<string, byte> known = [];
    private volatile bool isCurrent;

    /// <summary>True if the last read succeeded. Otherwise the list may contain keys that this process doesn't know.</summary>
    public bool IsCurrent => isCurrent;

    public IReadOnlyCollection<XElement> GetAllElements()
    {
        try
        {
            Synchronize();
            isCurrent = true;
        }
        catch (Exception e) when (RedisOutageLogger.IsTransient(e) && !known.IsEmpty)
        {
            // Not thrown: after an exception the key ring would ignore invalidations for two minutes.
            isCurrent = false;
        }

        return [.. known.Keys.Select(element => XElement.Parse(element))];
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        var text = element.ToString(SaveOptions.DisableFormatting);
        Add(text);
        known.TryAdd(text, 0);
    }

    private void Synchronize()
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
            // A process that misses the message reads the list when its connection is restored.
            redis().GetSubscriber().Publish(Changed, added, CommandFlags.FireAndForget);
        }
    }
}
