using System.Text;
using System.Text.Json;

namespace Jarvis.TestSupport.StandIns;

/// <summary>What a stand-in for a web service was sent.</summary>
public sealed record HttpStandInRequest(string Method, string Path, string Query, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    public string Text => Encoding.UTF8.GetString(Body);

    /// <summary>Undefined where it is no JSON.</summary>
    public JsonElement Json
    {
        get
        {
            try
            {
                return JsonSerializer.Deserialize<JsonElement>(Body);
            }
            catch (JsonException)
            {
                return default;
            }
        }
    }
}
