using Jarvis.Infrastructure.Hosting.Embedded;
using StackExchange.Redis;

namespace Jarvis.TestSupport.Services;

public static class EmbeddedRedisPassword
{
    /// <summary>Registers the password that the embedded Redis generates at each start.</summary>
    public static EmbeddedGarnet Register(EmbeddedGarnet garnet)
    {
        GeneratedSecrets.Register("password of the embedded Redis", ConfigurationOptions.Parse(garnet.ConnectionString).Password!);

        return garnet;
    }
}
