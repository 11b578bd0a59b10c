using System.Text;
using System.Text.Json;

namespace Jarvis.TestSupport.StandIns;

/// <summary>Request that a stand-in for a web service received.</summary>
public sealed record HttpStandInRequest(string Method, string Path, string Query, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    public string Text => Encoding.UTF8.GetString(Body);

    /// <summary>JSON body; undefined if the body is not JSON.</summary>
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
