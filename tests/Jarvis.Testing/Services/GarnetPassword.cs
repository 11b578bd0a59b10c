using Jarvis.Infrastructure.Embedded;
using StackExchange.Redis;

namespace Jarvis.Testing.Services;

public static class GarnetPassword
{
    /// <summary>It makes its own at each start.</summary>
    public static EmbeddedGarnet See(EmbeddedGarnet garnet)
    {
        MadeSecrets.Saw("password of the embedded Redis", ConfigurationOptions.Parse(garnet.ConnectionString).Password!);

        return garnet;
    }
}
